/** What the agent stands on: a queue with one worker, pauses between tries, metrics and health. */
@NullMarked
package io.weft.agent.platform;

import org.jspecify.annotations.NullMarked;
