/** The hub: one Spring Boot application of modules, each a package of its own below this one. */
@NullMarked
package io.weft.hub;

import org.jspecify.annotations.NullMarked;
