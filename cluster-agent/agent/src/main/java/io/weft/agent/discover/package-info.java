/** Watches of the Kubernetes API. A handler only notes which namespace to look at again. */
@NullMarked
package io.weft.agent.discover;

import org.jspecify.annotations.NullMarked;
