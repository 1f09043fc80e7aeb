package io.weft.hub.query.internal;

import io.weft.hub.clusters.ClusterJoining.Joining;
import io.weft.hub.delivery.AgentSessions.Seen;
import io.weft.hub.delivery.ClusterProgress;
import io.weft.hub.inventory.InventorySummary;
import io.weft.hub.inventory.InventorySummary.OfCluster;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Judgement;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that is known of one declared cluster at one moment.
 *
 * @param seen null: it never had a session since it joined
 * @param compiled what it should have; null while nothing is compiled for it
 */
public record ClusterView(
        Resource.Cluster resource,
        Joining joining,
        @Nullable Seen seen,
        OfCluster inventory,
        ClusterProgress progress,
        @Nullable CompiledCluster compiled,
        Judgement judgement,
        Capabilities mesh) {
    /** @param detail why, in a sentence */
    public record Phase(ClusterPhase phase, String detail) {}

    /** Not an obstacle: the agent has only begun. */
    private static final String NOT_YET = "not listed yet";

    public ClusterName name() {
        return new ClusterName(resource.key().name());
    }

    public boolean connected() {
        return seen != null && seen.connected();
    }

    public Phase phase() {
        if (joining.revoked()) {
            return new Phase(
                    ClusterPhase.REVOKED,
                    "Its certificates were revoked at " + joining.revokedAt() + "; a new manifest lets it in again.");
        }
        if (!connected()) return away();
        if (inventory.firstListed() == null) {
            return new Phase(ClusterPhase.CONNECTED, "The agent is connected and has reported nothing yet.");
        }
        List<String> troubles = troubles();
        if (!troubles.isEmpty()) return new Phase(ClusterPhase.DEGRADED, String.join(" ", troubles));
        if (!applied()) {
            return new Phase(ClusterPhase.SYNCING, "The newest configuration is on its way and not applied yet.");
        }
        return new Phase(ClusterPhase.READY, "Connected; what was declared is applied.");
    }

    private Phase away() {
        if (seen != null && joining.joined()) {
            String why = seen.end().isEmpty() ? "" : ": " + seen.end();
            return new Phase(
                    ClusterPhase.DISCONNECTED,
                    "Not connected since " + seen.seen().truncatedTo(ChronoUnit.SECONDS) + why + ".");
        }
        return new Phase(
                ClusterPhase.WAITING,
                joining.joined()
                        ? "The agent has its certificate and has not opened a session yet."
                        : "No agent has joined yet.");
    }

    /** What a person should look at, in sentences. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        int refused = progress.refusals().size();
        if (refused > 0) troubles.add(refused + (refused == 1 ? " object was" : " objects were") + " refused.");
        int drift = progress.drift().size();
        if (drift > 0)
            troubles.add(drift + (drift == 1 ? " object collides" : " objects collide") + " with others' own.");
        if (judgement.braked()) troubles.add("The brake holds what it reports: " + judgement.brakeReason() + ".");
        unreadable().forEach((reason, kinds) -> troubles.add("The agent cannot read " + kinds + " (" + reason + ")."));
        return troubles;
    }

    /** By reason, the kinds that the agent may not or cannot list, in the plural of the interface. */
    public SortedMap<String, String> unreadable() {
        SortedMap<String, String> reasons = new TreeMap<>();
        inventory.unreadable().forEach((kind, reason) -> {
            if (!reason.endsWith(NOT_YET)) reasons.put(InventoryKinds.path(kind), reason);
        });
        SortedMap<String, String> unreadable = new TreeMap<>();
        reasons.forEach((kind, reason) -> unreadable.merge(reason, kind, (kinds, other) -> kinds + ", " + other));
        return unreadable;
    }

    /** Whether it has what it should have; nothing is had at once. */
    public boolean applied() {
        if (compiled == null) return true;
        Digest wanted = Digest.ofHex(compiled.bundle().version().hex());
        return progress.applied().version().equals(wanted)
                || compiled.bundle().size() == 0 && progress.applied().version().isNone();
    }

    /** By the cluster's own word: a label of its nodes, or of the resource that its maker declared. */
    public boolean simulated() {
        return inventory.simulated()
                || "true".equals(resource.metadata().labels().get(InventorySummary.SIMULATED))
                || "true".equals(resource.spec().labels().get(InventorySummary.SIMULATED));
    }

    /** Adds it to the status of the Cluster resource. */
    void write(ObjectNode status) {
        Phase phase = phase();
        status.put("phase", phase.phase().wireName());
        status.put("phaseDetail", phase.detail());
        status.put("connected", connected());
        if (seen != null) {
            status.put("lastSeen", seen.seen().toString());
            if (!seen.agent().version().isEmpty())
                status.put("agentVersion", seen.agent().version());
        }
        if (!inventory.kubernetesVersion().isEmpty()) status.put("kubernetesVersion", inventory.kubernetesVersion());
        if (!mesh.mesh().isEmpty()) {
            ObjectNode of = status.putObject("mesh").put("kind", mesh.mesh()).put("version", mesh.version());
            if (!mesh.network().isEmpty()) of.put("network", mesh.network());
        }
        status.put("nodes", inventory.count(ReportKind.REPORT_KIND_NODE));
        status.put("services", inventory.count(ReportKind.REPORT_KIND_SERVICE));
        status.put("namespaces", inventory.count(ReportKind.REPORT_KIND_NAMESPACE));
        Instant expires = joining.certificateExpiresAt();
        if (expires != null) status.put("certificateExpiresAt", expires.toString());
        ArrayNode capabilities = status.putArray("capabilities");
        if (seen != null) seen.agent().capabilities().forEach(capabilities::add);
        status.put("liveness", judgement.liveness().name().toLowerCase(Locale.ROOT));
        status.put("simulated", simulated());
    }
}
