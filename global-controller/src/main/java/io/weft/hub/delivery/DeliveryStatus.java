package io.weft.hub.delivery;

import io.weft.hub.delivery.ClusterProgress.Mark;
import io.weft.hub.world.Replicas;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import java.time.Instant;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What became of a change in each cluster. */
public final class DeliveryStatus {
    /** In order; each includes those before it, but {@code REFUSED}, which takes the place of {@code APPLIED}. */
    public enum State {
        /** Committed, but this replica has not replayed it yet, or no cluster is released to it. */
        ACCEPTED,
        RELEASED,
        SENT,
        /** Applied but for some objects. */
        REFUSED,
        APPLIED,
        /** Every proxy concerned has it. */
        LIVE
    }

    /**
     * @param connected whether the cluster's agent is
     * @param reason why the state is not further, where that is known
     * @param refusals why objects could not be applied, by object key
     * @param since when the cluster connected or was lost
     */
    public record OfCluster(
            ClusterName cluster,
            State state,
            boolean connected,
            String reason,
            SortedMap<String, String> refusals,
            String bundleVersion,
            Instant since) {}

    private final Replicas replicas;
    private final ProgressBook book;

    public DeliveryStatus(Replicas replicas, ProgressBook book) {
        this.replicas = replicas;
        this.book = book;
    }

    /** How far each cluster has come. */
    public SortedMap<ClusterName, ClusterProgress> progress(TenantId tenant) {
        return book.of(tenant);
    }

    /** @param position at which the change was released: of the last entry that it was committed with */
    public SortedMap<ClusterName, OfCluster> of(TenantId tenant, long position) {
        return look(tenant).of(position);
    }

    /** All clusters of a tenant as they are now, to ask about many changes. */
    public Look look(TenantId tenant) {
        TenantImage image = replicas.of(tenant).image();
        SortedMap<ClusterName, CompiledCluster> compiled = new TreeMap<>();
        for (ClusterName cluster : image.clusters()) {
            compiled.put(cluster, replicas.compiler(tenant).compile(cluster).cluster());
        }
        return new Look(image, compiled, book.of(tenant));
    }

    /**
     * @param compiled what each cluster should have
     * @param progress how far each has come that was ever connected
     */
    public record Look(
            TenantImage image,
            SortedMap<ClusterName, CompiledCluster> compiled,
            SortedMap<ClusterName, ClusterProgress> progress) {
        /** What is wrong, and whom it waits for where an agent does not say what is in force in its cluster. */
        public String message(Finding finding) {
            if (!finding.reason().equals(Finding.NOT_ANSWERED)) return finding.message();
            StringJoiner text = new StringJoiner("; ").add(finding.message());
            progress.forEach((cluster, p) -> {
                if (p.connected() && p.isUnspoken()) text.add(cluster + ": " + p.liveReason());
            });
            return text.toString();
        }

        /** @param position as in {@link DeliveryStatus#of} */
        public SortedMap<ClusterName, OfCluster> of(long position) {
            SortedMap<ClusterName, OfCluster> all = new TreeMap<>();
            compiled.forEach((cluster, wanted) -> {
                ClusterProgress p = progress.getOrDefault(cluster, ClusterProgress.NONE);
                all.put(cluster, new Judging(image, position, cluster, p, wanted).judge());
            });
            return all;
        }
    }

    /** One cluster and one change. A bundle that is what the cluster should have now contains every change up to now. */
    private static final class Judging {
        private final TenantImage image;
        private final long position;
        private final ClusterName cluster;
        private final ClusterProgress progress;
        private final Digest wanted;

        Judging(
                TenantImage image,
                long position,
                ClusterName cluster,
                ClusterProgress progress,
                CompiledCluster compiled) {
            this.image = image;
            this.position = position;
            this.cluster = cluster;
            this.progress = progress;
            this.wanted = Digest.ofHex(compiled.bundle().version().hex());
        }

        OfCluster judge() {
            if (position > image.position()) return status(State.ACCEPTED, "");
            if (contains(progress.live()) && contains(progress.applied())) return status(State.LIVE, "");
            if (contains(progress.applied())) return status(State.APPLIED, progress.liveReason());
            if (contains(progress.refused())) return status(State.REFUSED, "objects were refused");
            if (contains(progress.sent())) return status(State.SENT, connection());
            return status(State.RELEASED, connection());
        }

        private String connection() {
            return progress.connected() ? "" : "the agent is not connected";
        }

        private boolean contains(Mark mark) {
            Place place = mark.place();
            return place.incarnation() == image.incarnation() && place.position() >= position
                    || !mark.version().isNone() && mark.version().equals(wanted);
        }

        private OfCluster status(State state, String reason) {
            return new OfCluster(
                    cluster,
                    state,
                    progress.connected(),
                    reason,
                    progress.refusals(),
                    progress.applied().version().isNone()
                            ? ""
                            : progress.applied().version().hex(),
                    progress.since());
        }
    }
}
