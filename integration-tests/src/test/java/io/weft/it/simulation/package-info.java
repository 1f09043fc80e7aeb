/**
 * Runs the shipped log, world, delivery and agent from one seed, under a simulated clock, network, store and disk, and
 * asserts after every step what must always hold. A failing seed is printed and replays alone with
 * {@code -Dsimulation.seed=N}; {@code -Dsimulation.seeds=N} runs more of them.
 */
@NullMarked
package io.weft.it.simulation;

import org.jspecify.annotations.NullMarked;
