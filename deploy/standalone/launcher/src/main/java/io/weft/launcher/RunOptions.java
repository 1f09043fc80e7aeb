package io.weft.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one run was asked for.
 *
 * @param httpPort the public one, of the console and the REST interface
 * @param grpcPort of the first replica; the next ones take the numbers after it
 * @param publicHost how agents in clusters call this machine
 * @param hubJar what a replica runs
 * @param console the process before the hub
 * @param fleet the simulated clusters; null: none
 */
public record RunOptions(
        DataFolder folder,
        int httpPort,
        int grpcPort,
        int replicas,
        String publicHost,
        Path hubJar,
        ConsoleOptions console,
        @Nullable FleetOptions fleet) {
    /** Number 1 is the first replica. */
    public int grpcPort(int replica) {
        return grpcPort + replica - 1;
    }

    /** Where people find it. */
    public String address() {
        return console.publicUrl();
    }
}
