/** Tests of audit. */
@NullMarked
package io.weft.hub.audit.internal;

import org.jspecify.annotations.NullMarked;
