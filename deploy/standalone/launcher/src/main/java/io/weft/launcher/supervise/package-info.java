/** The process that holds the tree together: starts in order, restarts what crashes, stops in reverse order. */
@NullMarked
package io.weft.launcher.supervise;

import org.jspecify.annotations.NullMarked;
