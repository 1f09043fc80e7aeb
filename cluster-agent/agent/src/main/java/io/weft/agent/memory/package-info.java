/** What survives a restart of the agent: the last bundle with its place, kept in the cluster itself. */
@NullMarked
package io.weft.agent.memory;

import org.jspecify.annotations.NullMarked;
