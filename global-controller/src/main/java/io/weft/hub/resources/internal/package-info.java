/** Decisions as functions of an image, and the history in PostgreSQL. */
@NullMarked
package io.weft.hub.resources.internal;

import org.jspecify.annotations.NullMarked;
