/** Tokens in the database, tokens of OpenID Connect, and the first tenant. */
@NullMarked
package io.weft.hub.access.internal;

import org.jspecify.annotations.NullMarked;
