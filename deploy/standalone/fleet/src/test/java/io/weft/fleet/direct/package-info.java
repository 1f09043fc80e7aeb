@NullMarked
package io.weft.fleet.direct;

import org.jspecify.annotations.NullMarked;
