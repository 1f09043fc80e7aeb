/** Keeps this process's replicas of tenants going. */
@NullMarked
package io.weft.hub.world.internal;

import org.jspecify.annotations.NullMarked;
