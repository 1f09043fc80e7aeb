/** The way of a request from the edge to a replica of the hub. */
@NullMarked
package io.weft.web.relay;

import org.jspecify.annotations.NullMarked;
