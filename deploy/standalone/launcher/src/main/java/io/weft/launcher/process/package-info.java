/** Child processes that do not outlive this one: how they are started, told to stop, and found again when they did. */
@NullMarked
package io.weft.launcher.process;

import org.jspecify.annotations.NullMarked;
