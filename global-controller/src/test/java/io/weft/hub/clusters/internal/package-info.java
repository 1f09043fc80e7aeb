/** Tests that issue certificates themselves. */
@NullMarked
package io.weft.hub.clusters.internal;

import org.jspecify.annotations.NullMarked;
