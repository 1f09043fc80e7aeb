/**
 * The conversation between hub and agent. {@link io.weft.protocol.HubSession} and {@link io.weft.protocol.AgentSession}
 * are both ends as state machines: an event in, effects out, no input or output, no threads, no clock of their own.
 */
@NullMarked
package io.weft.protocol;

import org.jspecify.annotations.NullMarked;
