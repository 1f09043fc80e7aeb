/** What every module stands on: the tenant's transaction and the failures of storage. */
@ApplicationModule(
        displayName = "platform",
        allowedDependencies = {})
@NullMarked
package io.weft.hub.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
