/**
 * What of the held bundle the cluster's proxies really have: read from every istiod, judged by pure functions, never
 * inferred from what was applied.
 */
@NullMarked
package io.weft.agent.live;

import org.jspecify.annotations.NullMarked;
