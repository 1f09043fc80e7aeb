/**
 * The agents' sessions: compiles when a session's slot is free, logs what must be known before a bundle is sent, sends,
 * and logs what came of it. Knows how far each cluster has come.
 */
@ApplicationModule(
        displayName = "delivery",
        allowedDependencies = {"platform", "platform :: log", "world", "clusters", "inventory"})
@NullMarked
package io.weft.hub.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
