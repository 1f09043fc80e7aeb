package io.weft.launcher;

import java.nio.file.Path;

/**
 * What one run was asked for.
 *
 * @param httpPort of the first replica; the next ones take the numbers after it
 * @param grpcPort of the first replica; the next ones take the numbers after it
 * @param publicHost how agents in clusters call this machine
 * @param hubJar what a replica runs
 */
public record RunOptions(DataFolder folder, int httpPort, int grpcPort, int replicas, String publicHost, Path hubJar) {
    /** Number 1 is the first replica. */
    public int httpPort(int replica) {
        return httpPort + replica - 1;
    }

    public int grpcPort(int replica) {
        return grpcPort + replica - 1;
    }

    public String address() {
        return "http://localhost:" + httpPort;
    }
}
