@NullMarked
package io.weft.fleet;

import org.jspecify.annotations.NullMarked;
