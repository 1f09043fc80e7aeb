/**
 * Simulated clusters with the real agent in each: to try Weft without any cluster, and for tests. Whatever is simulated says
 * so.
 */
@NullMarked
package io.weft.fleet;

import org.jspecify.annotations.NullMarked;
