package io.weft.launcher;

import java.nio.file.Path;

/**
 * What {@code ./weft up} was asked for.
 *
 * @param port REST of the first replica; the others follow it
 * @param grpcPort agents of the first replica; the others follow it
 * @param hub the hub's executable jar
 */
record UpOptions(Path dataFolder, int port, int grpcPort, int replicas, String address, Path hub) {}
