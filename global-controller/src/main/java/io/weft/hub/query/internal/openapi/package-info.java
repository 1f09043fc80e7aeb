/** The interface described as OpenAPI 3.1: a table of operations, and schemas made from the records of the kinds. */
@NullMarked
package io.weft.hub.query.internal.openapi;

import org.jspecify.annotations.NullMarked;
