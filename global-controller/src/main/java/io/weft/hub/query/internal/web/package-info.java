/** The endpoints of this module. */
@NullMarked
package io.weft.hub.query.internal.web;

import org.jspecify.annotations.NullMarked;
