/** Wires the platform to the database. */
@NullMarked
package io.weft.hub.platform.internal;

import org.jspecify.annotations.NullMarked;
