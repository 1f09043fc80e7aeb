/** Keeps this process's sessions going. */
@NullMarked
package io.weft.hub.delivery.internal;

import org.jspecify.annotations.NullMarked;
