package io.weft.hub.delivery;

import static io.weft.policy.Samples.EAST;
import static io.weft.policy.Samples.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.hub.TestDatabase;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decision;
import io.weft.policy.Samples;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both replicas judge from the same rows at once, over PostgreSQL. */
class LivenessOnTwoReplicasTest {
    private static final TenantId ACME = new TenantId("acme");
    private static HubReplica a;
    private static HubReplica b;

    @BeforeAll
    static void start() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        a = new HubReplica(database, "a");
        b = new HubReplica(database, "b");
    }

    @AfterAll
    static void stop() throws Exception {
        a.close();
        b.close();
    }

    private static void declare(ClusterName cluster) {
        a.replicas.of(ACME).propose(image -> {
            long revision = image.revision() + 1;
            Resource put = Samples.cluster(cluster, revision);
            return new Decision<>(
                    new Proposal(
                            List.of(
                                    new Changed(revision, "ada", List.of(put), new TreeSet<>(), new TreeMap<>()),
                                    new Released(put.key().scope(), revision, new TreeMap<>())),
                            image.position(),
                            OptionalLong.of(image.revision()),
                            List.of()),
                    true);
        });
    }

    private static void both() {
        CompletableFuture<Void> first = CompletableFuture.runAsync(a.liveness::look);
        CompletableFuture<Void> second = CompletableFuture.runAsync(b.liveness::look);
        first.join();
        second.join();
    }

    private static void judged(ClusterName cluster, Liveness wanted) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            both();
            for (HubReplica each : List.of(a, b)) {
                assertThat(each.replicas.of(ACME).catchUp().judgement(cluster).liveness())
                        .isEqualTo(wanted);
            }
        });
    }

    private static FakeAgent connected(HubReplica to, ClusterName cluster) {
        FakeAgent agent = new FakeAgent(cluster, a.store.hubId());
        agent.has("cart");
        to.connect(agent, ACME);
        await().atMost(Duration.ofSeconds(20)).until(() -> agent.welcomed);
        return agent;
    }

    @Test
    void silenceIsJudgedOnceAndTheOtherClusterIsLeftAlone() {
        a.store.create(ACME);
        declare(EAST);
        declare(WEST);
        FakeAgent east = connected(a, EAST);
        connected(b, WEST);
        both();
        judged(EAST, Liveness.CONNECTED);

        a.sessions.endAll();
        judged(EAST, Liveness.SUSPECT);
        judged(EAST, Liveness.LOST);
        b.connect(east, ACME);
        judged(EAST, Liveness.CONNECTED);

        assertThat(a.store.read(ACME, 0, 1_000).stream()
                        .filter(record -> record.entry() instanceof Judged)
                        .map(record -> (Judged) record.entry())
                        .toList())
                .allMatch(entry -> entry.cluster().equals(EAST))
                .extracting(Judged::liveness)
                .containsExactly(Liveness.SUSPECT, Liveness.LOST, Liveness.CONNECTED);
    }
}
