/** Tests of access. */
@NullMarked
package io.weft.hub.access;

import org.jspecify.annotations.NullMarked;
