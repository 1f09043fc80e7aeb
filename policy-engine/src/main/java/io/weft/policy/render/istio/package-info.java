/** Plans as objects of Istio. The shapes were tried on real clusters; what deviates from them is tried again first. */
@NullMarked
package io.weft.policy.render.istio;

import org.jspecify.annotations.NullMarked;
