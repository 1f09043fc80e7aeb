/** Who is calling, which tenants that credential may see, and what it may do there; tenants and their API tokens. */
@ApplicationModule(
        displayName = "access",
        allowedDependencies = {"platform", "platform :: log", "platform :: web"})
@NullMarked
package io.weft.hub.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
