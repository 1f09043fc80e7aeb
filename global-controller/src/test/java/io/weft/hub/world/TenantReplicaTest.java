package io.weft.hub.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.MemoryLogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.platform.log.StoreFaults.Fault;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantReplicaTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId UMBRELLA = new TenantId("umbrella");

    private Fault fault = Fault.NONE;
    private final MemoryLogStore store = new MemoryLogStore("hub", InstantSource.system(), tenant -> fault);

    @BeforeEach
    void twoTenants() {
        store.create(ACME);
        store.create(UMBRELLA);
    }

    private static Decision<Long> revision(TenantImage image) {
        long next = image.revision() + 1;
        Changed changed = new Changed(next, "ada", List.of(), new TreeSet<>(), new TreeMap<>());
        return new Decision<>(
                new Proposal(List.of(changed), image.position(), OptionalLong.of(image.revision()), List.of()), next);
    }

    private static final class Heard implements ReplicaListener {
        final List<Long> positions = new ArrayList<>();
        int restarts;

        @Override
        public void replayed(List<LogRecord> records, TenantImage after) {
            records.forEach(record -> positions.add(record.position()));
        }

        @Override
        public void restarted(TenantImage image) {
            restarts++;
        }
    }

    @Test
    void itsOwnCommitIsReplayedAtOnce() {
        TenantReplica replica = new TenantReplica(store, ACME);
        Heard heard = new Heard();
        replica.listen(heard);

        Decided<Long> decided = replica.propose(TenantReplicaTest::revision);

        assertThat(decided.committed()).isTrue();
        assertThat(decided.answer()).isEqualTo(1);
        assertThat(replica.image().position()).isEqualTo(1);
        assertThat(heard.positions).containsExactly(1L);
        assertThat(new TenantReplica(store, UMBRELLA).image().position()).isZero();
    }

    @Test
    void aReplicaThatSleptReadsTheGapBeforeItsOwnEntry() {
        TenantReplica sleeper = new TenantReplica(store, ACME);
        Heard heard = new Heard();
        sleeper.listen(heard);
        TenantReplica other = new TenantReplica(store, ACME);
        other.propose(TenantReplicaTest::revision);

        sleeper.propose(image -> new Decision<>(
                Proposal.of(image.position(), new Judged(new ClusterName("east"), Liveness.LOST, null, "")), ""));

        assertThat(heard.positions).containsExactly(1L, 2L);
        assertThat(sleeper.image()).isEqualTo(store.load(ACME));
    }

    @Test
    void whatWasOvertakenIsDecidedAgainOnTheNewImage() {
        TenantReplica late = new TenantReplica(store, ACME);
        new TenantReplica(store, ACME).propose(TenantReplicaTest::revision);
        AtomicInteger times = new AtomicInteger();

        Decided<Long> decided = late.propose(image -> {
            times.incrementAndGet();
            return revision(image);
        });

        assertThat(decided.answer()).isEqualTo(2);
        assertThat(times.get()).isEqualTo(2);
    }

    @Test
    void twoReplicasWithManyWritersMakeOneHistoryAndEqualImages() throws Exception {
        List<TenantReplica> replicas = List.of(new TenantReplica(store, ACME), new TenantReplica(store, ACME));
        List<Heard> heard = List.of(new Heard(), new Heard());
        for (int r = 0; r < 2; r++) replicas.get(r).listen(heard.get(r));
        List<Callable<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            TenantReplica replica = replicas.get(i % 2);
            writes.add(() -> replica.propose(TenantReplicaTest::revision).answer());
        }

        TreeSet<Long> revisions = new TreeSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> done : threads.invokeAll(writes)) revisions.add(done.get());
        }

        assertThat(revisions).hasSize(60);
        replicas.forEach(TenantReplica::catchUp);
        assertThat(replicas.get(0).image()).isEqualTo(replicas.get(1).image()).isEqualTo(store.load(ACME));
        List<Long> all =
                store.read(ACME, 0, 100).stream().map(LogRecord::position).toList();
        assertThat(heard.get(0).positions).isEqualTo(all);
        assertThat(heard.get(1).positions).isEqualTo(all);
    }

    @Test
    void whatADecisionThrowsReachesItsProposerAlone() {
        TenantReplica replica = new TenantReplica(store, ACME);

        assertThatThrownBy(() -> replica.propose(image -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(replica.propose(TenantReplicaTest::revision).committed()).isTrue();
    }

    @Test
    void afterAnUnknownOutcomeTheLogIsReadBeforeAnythingIsDecidedAgain() {
        TenantReplica replica = new TenantReplica(store, ACME);
        fault = Fault.AFTER_COMMIT;
        assertThatThrownBy(() -> replica.propose(TenantReplicaTest::revision)).isInstanceOf(StorageException.class);
        fault = Fault.NONE;

        assertThat(replica.image().revision()).isEqualTo(1);
        assertThat(replica.propose(TenantReplicaTest::revision).answer()).isEqualTo(2);
    }

    @Test
    void aFrozenTenantAnswersSoAndStartsOverWhenReleased() {
        TenantReplica replica = new TenantReplica(store, ACME);
        Heard heard = new Heard();
        replica.listen(heard);
        replica.propose(TenantReplicaTest::revision);
        store.freeze(ACME, "test");

        assertThat(replica.propose(TenantReplicaTest::revision).outcome()).isInstanceOf(Outcome.Frozen.class);

        assertThat(store.unfreeze(ACME, new AuditEvent("token:t", "release freeze", "", "", "", "{}")))
                .isPresent();
        assertThat(replica.checkHead().incarnation()).isEqualTo(2);
        assertThat(heard.restarts).isEqualTo(1);
        assertThat(replica.propose(TenantReplicaTest::revision).committed()).isTrue();
    }

    @Test
    void aReplicaAheadOfARestoredLogFreezesTheTenantAndStops() {
        MemoryLogStore restored = new MemoryLogStore("hub", InstantSource.system(), tenant -> Fault.NONE);
        restored.create(ACME);
        SwitchedStore switched = new SwitchedStore(store);
        TenantReplica replica = new TenantReplica(switched, ACME);
        replica.propose(TenantReplicaTest::revision);

        switched.to(restored);

        assertThatThrownBy(replica::checkHead).isInstanceOf(ReplicaStoppedException.class);
        assertThat(restored.head(ACME).frozen()).isTrue();
        assertThatThrownBy(() -> replica.propose(TenantReplicaTest::revision))
                .isInstanceOf(ReplicaStoppedException.class);
    }

    @Test
    void aLogThatWentAnotherWayFreezesTheTenant() {
        MemoryLogStore restored = new MemoryLogStore("hub", InstantSource.system(), tenant -> Fault.NONE);
        restored.create(ACME);
        TenantReplica elsewhere = new TenantReplica(restored, ACME);
        elsewhere.propose(TenantReplicaTest::revision);
        elsewhere.propose(TenantReplicaTest::revision);
        SwitchedStore switched = new SwitchedStore(store);
        TenantReplica replica = new TenantReplica(switched, ACME);
        replica.propose(image ->
                new Decision<>(Proposal.of(0, new Judged(new ClusterName("east"), Liveness.LOST, null, "")), ""));

        switched.to(restored);

        assertThatThrownBy(replica::checkHead).isInstanceOf(ReplicaStoppedException.class);
        assertThat(restored.head(ACME).frozen()).isTrue();
    }
}
