package io.weft.protocol;

import java.time.Duration;

/**
 * Times and sizes of a session.
 *
 * @param hello the agent must have said hello by then
 * @param ping the hub pings this often
 * @param silence either side ends the session when it heard nothing for so long; a half-open link is found after this
 *     and one tick
 * @param progress the hub ends the session when a bundle that is being sent or applied does not move for so long
 * @param settle after a bundle was applied, the hub counts on its names after so long where nobody can read from the mesh
 *     when they are in force; longer than the mesh's own delay of pushes
 * @param longestSettle where that can be read, the hub waits so long for it before the next bundle goes
 * @param chunkBytes most that one message carries, except a single object that is larger
 * @param objectBytes largest object
 * @param transferBytes most that an agent takes in one transfer
 * @param snapshotItems most items of one kind
 */
public record SessionLimits(
        Duration hello,
        Duration ping,
        Duration silence,
        Duration progress,
        Duration settle,
        Duration longestSettle,
        int chunkBytes,
        int objectBytes,
        long transferBytes,
        int snapshotItems) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(12),
            Duration.ofSeconds(120),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            256 * 1024,
            2 * 1024 * 1024,
            256L * 1024 * 1024,
            500_000);

    /** The same with another wait for what cannot be read. */
    public SessionLimits settling(Duration after) {
        return new SessionLimits(
                hello,
                ping,
                silence,
                progress,
                after,
                longestSettle,
                chunkBytes,
                objectBytes,
                transferBytes,
                snapshotItems);
    }

    /** What a transport must let through in one message. */
    public int messageBytes() {
        return objectBytes + chunkBytes;
    }
}
