/** Replays each tenant's log into an image, decides on it, and compiles what each cluster should have. */
@ApplicationModule(
        displayName = "world",
        allowedDependencies = {"platform", "platform :: log"})
@NullMarked
package io.weft.hub.world;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
