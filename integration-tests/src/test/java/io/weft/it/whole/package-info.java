/** The whole product as its users run it: the process tree of {@code ./weft}, real agents, real clusters, and REST. */
@NullMarked
package io.weft.it.whole;

import org.jspecify.annotations.NullMarked;
