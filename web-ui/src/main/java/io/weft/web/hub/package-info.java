/** The hub as the edge knows it: its replicas, and the streams that are open to them. */
@NullMarked
package io.weft.web.hub;

import org.jspecify.annotations.NullMarked;
