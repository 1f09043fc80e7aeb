/** Declared objects: deciding what a change appends to the log, committing it, history, and what it would do to each cluster. */
@ApplicationModule(
        displayName = "resources",
        allowedDependencies = {"platform", "platform :: log", "platform :: web", "access", "audit", "clusters", "world"
        })
@NullMarked
package io.weft.hub.resources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
