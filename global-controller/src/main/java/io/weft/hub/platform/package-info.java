/** What every module stands on: the tenant's transaction and the failures of storage. */
@NullMarked
package io.weft.hub.platform;

import org.jspecify.annotations.NullMarked;
