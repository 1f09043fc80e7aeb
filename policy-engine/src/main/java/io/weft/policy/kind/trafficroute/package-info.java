/** What a traffic route asks of a global service. */
@NullMarked
package io.weft.policy.kind.trafficroute;

import org.jspecify.annotations.NullMarked;
