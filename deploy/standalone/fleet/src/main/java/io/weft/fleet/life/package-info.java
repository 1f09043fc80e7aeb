/** What happens in the simulated clusters: pods are made and end, workloads are scaled, nodes are lost and come back. */
@NullMarked
package io.weft.fleet.life;

import org.jspecify.annotations.NullMarked;
