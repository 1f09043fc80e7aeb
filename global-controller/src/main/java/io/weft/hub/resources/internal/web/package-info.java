/** One set of endpoints for every kind. */
@NullMarked
package io.weft.hub.resources.internal.web;

import org.jspecify.annotations.NullMarked;
