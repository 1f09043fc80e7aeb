/** The description of the interface. */
@NullMarked
package io.weft.hub.query.internal.openapi;

import org.jspecify.annotations.NullMarked;
