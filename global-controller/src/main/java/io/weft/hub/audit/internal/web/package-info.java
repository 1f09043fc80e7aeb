/** The endpoints of the audit trail. */
@NullMarked
package io.weft.hub.audit.internal.web;

import org.jspecify.annotations.NullMarked;
