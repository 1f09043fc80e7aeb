/** Tests of the views. */
@NullMarked
package io.weft.hub.query;

import org.jspecify.annotations.NullMarked;
