package io.weft.hub.platform.log;

import static io.weft.hub.platform.log.Entries.EAST;
import static io.weft.hub.platform.log.Entries.WEST;
import static io.weft.hub.platform.log.Entries.answers;
import static io.weft.hub.platform.log.Entries.calls;
import static io.weft.hub.platform.log.Entries.change;
import static io.weft.hub.platform.log.Entries.changed;
import static io.weft.hub.platform.log.Entries.drops;
import static io.weft.hub.platform.log.Entries.judged;
import static io.weft.hub.platform.log.Entries.observed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.platform.log.Outcome.Committed;
import io.weft.hub.platform.log.Outcome.Fenced;
import io.weft.hub.platform.log.Outcome.Frozen;
import io.weft.hub.platform.log.Outcome.Repeated;
import io.weft.hub.platform.log.Outcome.Stale;
import io.weft.policy.image.Hash;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of logs does. Each test has a second tenant beside the first, which must notice nothing. */
abstract class LogStoreContract {
    private static int count;

    private static final Attachment.AuditEvent EVENT =
            new Attachment.AuditEvent("ada", "put Cluster", "clusters/east", "", "", "{}");

    protected LogStore store;
    protected TenantId tenant;
    protected TenantId other;
    private Head before;

    /** The same store for all tests of a class will do: tenants are new for each. */
    abstract LogStore store();

    /** What was committed as audit events of a tenant. */
    abstract List<Attachment.AuditEvent> audit(TenantId tenant);

    @BeforeEach
    void twoTenants() {
        count++;
        store = store();
        tenant = new TenantId("acme-" + count);
        other = new TenantId("umbrella-" + count);
        store.create(tenant);
        store.create(other);
        append(other, Proposal.of(0, judged(EAST, Liveness.CONNECTED)));
        before = store.head(other);
    }

    @AfterEach
    void theOtherTenantNoticedNothing() {
        assertThat(store.head(other)).isEqualTo(before);
        assertThat(store.read(other, 0, 10)).hasSize(1);
    }

    private Outcome append(TenantId to, Proposal proposal) {
        return store.append(to, List.of(proposal)).getFirst();
    }

    private Outcome append(Proposal proposal) {
        return append(tenant, proposal);
    }

    private Head head() {
        return store.head(tenant);
    }

    @Test
    void aNewLogIsEmptyAndMakingItAgainLeavesItAsItIs() {
        assertThat(head()).isEqualTo(new Head(tenant, 1, 0, Hash.ZERO, 0, false));
        assertThat(store.read(tenant, 0, 10)).isEmpty();

        append(change(head()));
        store.create(tenant);

        assertThat(head().position()).isEqualTo(2);
    }

    @Test
    void aTenantWithoutALogIsUnknown() {
        TenantId nobody = new TenantId("nobody");

        assertThatThrownBy(() -> store.head(nobody)).isInstanceOf(UnknownTenantException.class);
        assertThatThrownBy(() -> append(nobody, Proposal.of(0, judged(EAST, Liveness.LOST))))
                .isInstanceOf(UnknownTenantException.class);
        assertThatThrownBy(() -> store.openEpoch(nobody, EAST)).isInstanceOf(UnknownTenantException.class);
    }

    @Test
    void positionsAreContiguousAndEachRecordNamesItsParent() {
        for (int i = 0; i < 5; i++) append(change(head()));

        List<LogRecord> records = store.read(tenant, 0, 100);
        assertThat(records)
                .extracting(LogRecord::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
        assertThat(head()).isEqualTo(new Head(tenant, 1, 10, verifiedEnd(records), 5, false));
        assertThat(records).extracting(LogRecord::time).isSorted();
    }

    private static Hash verifiedEnd(List<LogRecord> records) {
        Hash parent = Hash.ZERO;
        for (LogRecord record : records) {
            assertThat(record.parent()).isEqualTo(parent);
            assertThat(LogCodec.seal(record.position(), parent, record.time(), record.entry()))
                    .isEqualTo(record);
            parent = record.hash();
        }
        return parent;
    }

    @Test
    void whatIsCommittedIsWhatIsRead() {
        Outcome outcome = append(change(head()));

        assertThat(outcome).isEqualTo(new Committed(store.read(tenant, 0, 10)));
    }

    @Test
    void readingGoesOnWhereItStopped() {
        for (int i = 0; i < 4; i++) append(change(head()));

        assertThat(store.read(tenant, 3, 2)).extracting(LogRecord::position).containsExactly(4L, 5L);
        assertThat(store.read(tenant, 8, 2)).isEmpty();
    }

    @Test
    void aChangeDecidedOnAnOldRevisionIsStale() {
        Head old = head();
        append(change(old));

        assertThat(append(change(old))).isEqualTo(new Stale(head()));
        assertThat(head().position()).isEqualTo(2);
    }

    @Test
    void aChangeThatSkipsARevisionIsStale() {
        assertThat(append(new Proposal(List.of(changed(7)), 0, OptionalLong.empty(), List.of())))
                .isInstanceOf(Stale.class);
    }

    @Test
    void factsDoNotMakeAChangeStale() {
        Head decided = head();
        append(Proposal.of(0, observed(EAST, store.openEpoch(tenant, EAST))));

        assertThat(append(change(decided))).isInstanceOf(Committed.class);
    }

    @Test
    void ofTwoJudgementsFromOneStateTheSecondIsDropped() {
        append(Proposal.of(0, judged(EAST, Liveness.SUSPECT)));

        assertThat(append(Proposal.of(0, judged(EAST, Liveness.LOST)))).isInstanceOf(Stale.class);
        assertThat(append(Proposal.of(0, judged(WEST, Liveness.LOST)))).isInstanceOf(Committed.class);
        assertThat(append(Proposal.of(2, judged(EAST, Liveness.LOST)))).isInstanceOf(Committed.class);
    }

    @Test
    void withdrawingANameAndBeginningToCallItConflict() {
        long east = store.openEpoch(tenant, EAST);
        long west = store.openEpoch(tenant, WEST);
        append(Proposal.of(0, answers(WEST, west)));

        append(Proposal.of(1, calls(EAST, east, WEST)));

        assertThat(append(Proposal.of(1, drops(WEST, west)))).isInstanceOf(Stale.class);
        assertThat(append(Proposal.of(2, drops(WEST, west)))).isInstanceOf(Committed.class);
        assertThat(append(Proposal.of(2, calls(EAST, east, WEST)))).isInstanceOf(Stale.class);
    }

    @Test
    void clustersThatBeginToCallOneNameDoNotHinderEachOther() {
        List<Proposal> group = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ClusterName cluster = new ClusterName("c" + i);
            group.add(Proposal.of(0, calls(cluster, store.openEpoch(tenant, cluster), WEST)));
        }

        assertThat(store.append(tenant, group)).hasSize(20).allMatch(Committed.class::isInstance);
    }

    @Test
    void aGuardIsComparedWithinAGroupToo() {
        List<Outcome> outcomes = store.append(
                tenant,
                List.of(
                        Proposal.of(0, judged(EAST, Liveness.SUSPECT)),
                        Proposal.of(0, judged(EAST, Liveness.LOST)),
                        Proposal.of(0, judged(WEST, Liveness.LOST))));

        assertThat(outcomes.get(0)).isInstanceOf(Committed.class);
        assertThat(outcomes.get(1)).isInstanceOf(Stale.class);
        assertThat(outcomes.get(2)).isInstanceOf(Committed.class);
        assertThat(store.read(tenant, 0, 10)).hasSize(2);
    }

    @Test
    void aFailingMemberLeavesAndTheGroupIsCommitted() {
        long epoch = store.openEpoch(tenant, EAST);
        store.openEpoch(tenant, EAST);

        List<Outcome> outcomes = store.append(
                tenant,
                List.of(change(head()), Proposal.of(0, observed(EAST, epoch)), Proposal.of(0, answers(EAST, 2))));

        assertThat(outcomes.get(0)).isInstanceOf(Committed.class);
        assertThat(outcomes.get(1)).isEqualTo(new Fenced(2));
        assertThat(outcomes.get(2)).isInstanceOf(Committed.class);
        assertThat(head().position()).isEqualTo(3);
    }

    @Test
    void theEntriesOfAProposalAreCommittedTogetherOrNotAtAll() {
        append(Proposal.of(0, judged(EAST, Liveness.SUSPECT)));

        Outcome outcome = append(Proposal.of(0, judged(WEST, Liveness.LOST), judged(EAST, Liveness.LOST)));

        assertThat(outcome).isInstanceOf(Stale.class);
        assertThat(store.read(tenant, 0, 10)).hasSize(1);
    }

    @Test
    void aGroupOfFailuresMovesNothing() {
        Head unmoved = head();

        store.append(tenant, List.of(Proposal.of(0, observed(EAST, 9)), Proposal.of(5, judged(EAST, Liveness.LOST))));

        assertThat(head()).isEqualTo(unmoved);
    }

    @Test
    void anEpochFencesTheSessionsBeforeIt() {
        assertThat(store.openEpoch(tenant, EAST)).isEqualTo(1);
        assertThat(append(Proposal.of(0, observed(EAST, 1)))).isInstanceOf(Committed.class);
        assertThat(store.openEpoch(tenant, EAST)).isEqualTo(2);

        assertThat(append(Proposal.of(1, observed(EAST, 1)))).isEqualTo(new Fenced(2));
        assertThat(append(Proposal.of(1, answers(EAST, 1)))).isEqualTo(new Fenced(2));
        assertThat(append(Proposal.of(1, answers(EAST, 2)))).isInstanceOf(Committed.class);
    }

    @Test
    void epochsOfClustersAndTenantsAreApart() {
        store.openEpoch(tenant, EAST);

        assertThat(store.openEpoch(tenant, WEST)).isEqualTo(1);
        assertThat(store.openEpoch(other, EAST)).isEqualTo(1);
    }

    @Test
    void attachmentsAreStoredWithTheEntriesOnly() {
        Head old = head();

        append(change(old, EVENT));
        append(change(old, EVENT));

        assertThat(audit(tenant)).containsExactly(EVENT);
        assertThat(audit(other)).isEmpty();
    }

    @Test
    void aRepeatedRequestIsToldWhatTheFirstWas() {
        Attachment.IdempotencyKey first = new Attachment.IdempotencyKey("k-1", Hash.ZERO, 201, "{\"a\":1}");
        append(change(head(), first));

        Outcome again = append(change(head(), new Attachment.IdempotencyKey("k-1", Hash.ZERO, 200, "{}")));

        assertThat(again).isEqualTo(new Repeated(first));
        assertThat(store.remembered(tenant, "k-1")).contains(first);
        assertThat(store.remembered(other, "k-1")).isEmpty();
        assertThat(head().revision()).isEqualTo(1);
    }

    @Test
    void aStaleRequestKeepsItsIdempotencyKey() {
        Head old = head();
        append(change(old));
        Attachment.IdempotencyKey key = new Attachment.IdempotencyKey("k-2", Hash.ZERO, 201, "{}");

        assertThat(append(change(old, key))).isInstanceOf(Stale.class);
        assertThat(store.remembered(tenant, "k-2")).isEmpty();
        assertThat(append(change(head(), key))).isInstanceOf(Committed.class);
    }

    @Test
    void attachmentsNeedNoEntries() {
        Outcome outcome = append(new Proposal(List.of(), 0, OptionalLong.empty(), List.of(EVENT)));

        assertThat(outcome).isEqualTo(new Committed(List.of()));
        assertThat(audit(tenant)).containsExactly(EVENT);
        assertThat(head().position()).isZero();
    }

    @Test
    void aFrozenTenantTakesNothingUntilItIsReleasedUnderANewIncarnation() {
        append(change(head()));

        assertThat(store.freeze(tenant, "another history was seen").frozen()).isTrue();
        assertThat(append(change(head()))).isInstanceOf(Frozen.class);

        Head released = store.unfreeze(tenant, EVENT).orElseThrow();
        assertThat(released.frozen()).isFalse();
        assertThat(released.incarnation()).isEqualTo(2);
        assertThat(released.position()).isEqualTo(2);
        assertThat(audit(tenant)).containsExactly(EVENT);
        assertThat(store.unfreeze(tenant, EVENT)).isEmpty();
        assertThat(audit(tenant)).hasSize(1);
        assertThat(head()).isEqualTo(released);
        assertThat(append(change(released))).isInstanceOf(Committed.class);
    }

    @Test
    void whoKnowsMoreThanTheHeadIsStale() {
        assertThat(append(Proposal.of(3, judged(EAST, Liveness.LOST)))).isInstanceOf(Stale.class);
    }

    @Test
    void theImageFromTheTablesIsTheImageReplayed() {
        long epoch = store.openEpoch(tenant, EAST);
        append(change(head()));
        append(Proposal.of(2, observed(EAST, epoch), answers(EAST, epoch), judged(WEST, Liveness.LOST)));
        append(Proposal.of(5, drops(EAST, epoch)));

        TenantImage replayed = TenantImage.empty(tenant, store.hubId(), 1);
        for (LogRecord record : store.read(tenant, 0, 100)) replayed = replayed.apply(record);

        assertThat(store.load(tenant)).isEqualTo(replayed);
        assertThat(replayed.position()).isEqualTo(6);
    }

    @Test
    void writersAtOnceMakeOneContiguousHistory() throws Exception {
        int writers = 6;
        int each = 15;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            work.add(() -> {
                int lost = 0;
                for (int done = 0; done < each; ) {
                    if (append(change(head())) instanceof Committed) done++;
                    else lost++;
                }
                return lost;
            });
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(work)) done.get();
        }

        List<LogRecord> records = store.read(tenant, 0, 1000);
        assertThat(records).hasSize(2 * writers * each);
        assertThat(head().hash()).isEqualTo(verifiedEnd(records));
        assertThat(head().revision()).isEqualTo(writers * each);
    }
}
