/** The edge over HTTP, with a real PostgreSQL; the hub behind it is a stub. */
@NullMarked
package io.weft.web;

import org.jspecify.annotations.NullMarked;
