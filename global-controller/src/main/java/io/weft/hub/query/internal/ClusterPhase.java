package io.weft.hub.query.internal;

/** Where a cluster is on its way from declared to working; written as it stands here, capitalised. */
public enum ClusterPhase {
    /** Declared; no agent has dialled, or none since everything was revoked. */
    WAITING("Waiting"),
    /** A session is open; nothing was reported yet. */
    CONNECTED("Connected"),
    /** The newest configuration is not applied yet. */
    SYNCING("Syncing"),
    READY("Ready"),
    /** It works but for something that a person should look at. */
    DEGRADED("Degraded"),
    DISCONNECTED("Disconnected"),
    REVOKED("Revoked");

    private final String wireName;

    ClusterPhase(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
