/** Brings the cluster's objects to the bundle: a plan of plain records, and what carries it out. Never touches what is not ours. */
@NullMarked
package io.weft.agent.apply;

import org.jspecify.annotations.NullMarked;
