/** From an image to bundles: incrementally, and from scratch by a path that shares no index, memo or cache with it. */
@NullMarked
package io.weft.policy.compile;

import org.jspecify.annotations.NullMarked;
