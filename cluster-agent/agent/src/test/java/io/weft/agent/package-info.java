/** Tests of the agent without a cluster, a network or a clock of its own. */
@NullMarked
package io.weft.agent;

import org.jspecify.annotations.NullMarked;
