/** Tests of the platform. */
@NullMarked
package io.weft.hub.platform;

import org.jspecify.annotations.NullMarked;
