/** What only shows: the description of the interface, the live stream, status of changes, bundles and inventory. */
@ApplicationModule(
        displayName = "query",
        allowedDependencies = {
            "platform",
            "platform :: log",
            "platform :: web",
            "access",
            "audit",
            "clusters",
            "resources",
            "world",
            "inventory",
            "delivery"
        })
@NullMarked
package io.weft.hub.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
