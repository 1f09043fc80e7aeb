/** The filters that turn a credential into a caller, and the endpoints of tenants and tokens. */
@NullMarked
package io.weft.hub.access.internal.web;

import org.jspecify.annotations.NullMarked;
