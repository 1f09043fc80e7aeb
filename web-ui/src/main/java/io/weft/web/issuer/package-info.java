/**
 * The issuer in the edge's process, with demo users: OpenID Connect at the path {@code /issuer}. It knows nothing of the
 * edge's log-in, which uses it like any other issuer.
 */
@NullMarked
package io.weft.web.issuer;

import org.jspecify.annotations.NullMarked;
