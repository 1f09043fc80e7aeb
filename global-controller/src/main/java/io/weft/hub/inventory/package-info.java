/** What agents observe: rows that people list, and facts that the log gets. Nothing is deleted from a partial view. */
@ApplicationModule(
        displayName = "inventory",
        allowedDependencies = {"platform", "platform :: log", "world", "clusters", "access", "platform :: web"})
@NullMarked
package io.weft.hub.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
