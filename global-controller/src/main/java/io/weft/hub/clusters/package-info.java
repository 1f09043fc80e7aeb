/** How clusters join and stay: join tokens, the manifest, client certificates of a tenant's own authority, revocation. */
@ApplicationModule(
        displayName = "clusters",
        allowedDependencies = {"platform", "platform :: log", "platform :: web", "access", "audit"})
@NullMarked
package io.weft.hub.clusters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
