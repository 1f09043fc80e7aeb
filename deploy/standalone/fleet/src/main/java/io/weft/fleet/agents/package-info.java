/**
 * Plays who joins a simulated cluster to a hub: takes the manifest by REST, applies it, and runs the real agent as the
 * applied Deployment says.
 */
@NullMarked
package io.weft.fleet.agents;

import org.jspecify.annotations.NullMarked;
