/** The edge: the one address that browsers and programs reach. It serves the console and relays to the hub. */
@NullMarked
package io.weft.web;

import org.jspecify.annotations.NullMarked;
