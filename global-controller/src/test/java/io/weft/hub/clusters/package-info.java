/** Tests of clusters. */
@NullMarked
package io.weft.hub.clusters;

import org.jspecify.annotations.NullMarked;
