package io.weft.launcher;

import java.nio.file.Path;

/**
 * The simulated clusters of a run.
 *
 * @param jar what their process runs
 * @param quiet nothing happens in them by itself
 */
public record FleetOptions(Path jar, boolean quiet) {}
