package io.weft.hub.delivery;

import io.weft.hub.delivery.LivenessJudge.Judgement;
import io.weft.hub.delivery.LivenessJudge.Seen;
import io.weft.hub.delivery.LivenessJudge.Verdict;
import io.weft.hub.delivery.SessionRows.Look;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decision;
import io.weft.hub.world.Replicas;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes what became of clusters whose agents are silent. Every replica looks at the same rows; what one has judged,
 * the others find judged. A cluster that is silent keeps its traffic: others only stop waiting for its acknowledgements.
 */
public final class LivenessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LivenessWatch.class);

    private record Subject(TenantReplica replica, ClusterName cluster) {}

    private final SessionRows rows;
    private final Replicas replicas;
    private final LivenessJudge judge;
    private final Duration longestGap;
    private Instant watching = Instant.EPOCH;
    private Instant looked = Instant.EPOCH;
    private boolean doubting;

    /** @param longestGap between two looks; after a longer one, leases may have run out unseen, and it begins anew */
    public LivenessWatch(SessionRows rows, Replicas replicas, LivenessJudge judge, Duration longestGap) {
        this.rows = rows;
        this.replicas = replicas;
        this.judge = judge;
        this.longestGap = longestGap;
    }

    /** To be called every few seconds; a storage that is away is the caller's to hear of. */
    public synchronized void look() {
        List<Seen<Subject>> all = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (TenantReplica replica : replicas.running()) {
            Look look = rows.look(replica.tenant());
            if (look.now().isAfter(now)) now = look.now();
            TenantImage image = replica.image();
            SortedSet<ClusterName> declared = image.clusters(); // made anew with each call
            look.silentSince().forEach((cluster, since) -> {
                if (declared.contains(cluster)) {
                    Subject subject = new Subject(replica, cluster);
                    all.add(new Seen<>(subject, image.judgement(cluster).liveness(), since));
                }
            });
        }
        if (all.isEmpty()) return;
        if (now.isAfter(looked.plus(longestGap))) watching = now;
        looked = now;
        Judgement<Subject> judgement = judge.judge(all, watching, now);
        tellDoubt(judgement.doubts());
        judgement.verdicts().forEach(LivenessWatch::propose);
    }

    private void tellDoubt(boolean doubts) {
        if (doubts && !doubting) LOG.warn("most clusters fell silent together: none is judged until some are back");
        if (!doubts && doubting) LOG.info("silent clusters are judged again");
        doubting = doubts;
    }

    private static void propose(Verdict<Subject> verdict) {
        ClusterName cluster = verdict.subject().cluster();
        boolean judged = verdict.subject()
                .replica()
                .propose(image -> image.clusters().contains(cluster)
                                && image.judgement(cluster).liveness() == verdict.from()
                        ? new Decision<>(
                                Proposal.of(
                                        image.position(), new Judged(cluster, verdict.to(), null, verdict.reason())),
                                true)
                        : Decision.nothing(false))
                .committed();
        if (judged) {
            LOG.info(
                    "tenant {}: cluster {} is {}: {}",
                    verdict.subject().replica().tenant(),
                    cluster,
                    verdict.to(),
                    verdict.reason());
        }
    }
}
