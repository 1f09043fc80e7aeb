/**
 * A simulated Kubernetes API server: as much of the interface as the agent, its manifest and the content of a cluster need,
 * answering as the real one does. It knows nothing of Weft.
 */
@NullMarked
package io.weft.fleet.cluster;

import org.jspecify.annotations.NullMarked;
