/** Whether proxies have what was applied, measured at istiod and never inferred. */
@NullMarked
package io.weft.agent.live;

import org.jspecify.annotations.NullMarked;
