/** What the hub's tests share. */
@NullMarked
package io.weft.hub;

import org.jspecify.annotations.NullMarked;
