/** Tests of resources. */
@NullMarked
package io.weft.hub.resources.internal;

import org.jspecify.annotations.NullMarked;
