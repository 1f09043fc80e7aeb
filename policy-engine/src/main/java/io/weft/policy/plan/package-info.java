/** What a cluster should do for a global service, in no mesh's words; renderers turn it into objects. */
@NullMarked
package io.weft.policy.plan;

import org.jspecify.annotations.NullMarked;
