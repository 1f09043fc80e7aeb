/** Who did what: a chain of records per tenant in which nothing can be changed or left out unseen, and one of what was refused. */
@ApplicationModule(
        displayName = "audit",
        allowedDependencies = {"platform", "platform :: log", "platform :: web", "access"})
@NullMarked
package io.weft.hub.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
