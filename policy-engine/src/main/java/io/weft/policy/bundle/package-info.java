/** Everything one cluster should have, as Kubernetes objects in canonical bytes; versions, and differences between versions. */
@NullMarked
package io.weft.policy.bundle;

import org.jspecify.annotations.NullMarked;
