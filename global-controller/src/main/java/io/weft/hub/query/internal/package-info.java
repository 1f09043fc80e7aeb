/** Views that no other module owns. */
@NullMarked
package io.weft.hub.query.internal;

import org.jspecify.annotations.NullMarked;
