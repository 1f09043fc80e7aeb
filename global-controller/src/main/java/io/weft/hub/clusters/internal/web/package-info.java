/** The endpoints beside the Cluster resource. */
@NullMarked
package io.weft.hub.clusters.internal.web;

import org.jspecify.annotations.NullMarked;
