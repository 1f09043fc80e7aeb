/** The agent: the process in a cluster that dials out to the hub, and the only thing that touches that cluster. */
@NullMarked
package io.weft.agent;

import org.jspecify.annotations.NullMarked;
