/** Tests of resources. */
@NullMarked
package io.weft.hub.resources;

import org.jspecify.annotations.NullMarked;
