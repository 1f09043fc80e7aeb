package io.weft.hub.world;

import io.weft.hub.platform.log.Proposal;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes what is due in one tenant whenever its log moved so that something may be. Every replica does; guards let one
 * win, and the others find nothing left to do.
 */
final class Housekeeper implements ReplicaListener {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    private final TenantReplica replica;
    private final Executor background;
    private final AtomicBoolean asked = new AtomicBoolean();
    /** Of the replay, which is one at a time. */
    private final Map<GnsName, Housekeeping.Oldest> oldest = new HashMap<>();

    private volatile Instant now = Instant.EPOCH;
    private volatile boolean failed;

    private Housekeeper(TenantReplica replica, Executor background) {
        this.replica = replica;
        this.background = background;
    }

    static Housekeeper on(TenantReplica replica, Executor background) {
        Housekeeper keeper = new Housekeeper(replica, background);
        replica.listen(keeper);
        keeper.ask();
        return keeper;
    }

    /** Tries again what failed, as polling goes by. */
    void retry() {
        if (failed) ask();
    }

    @Override
    public void replayed(List<LogRecord> records, TenantImage after) {
        now = Housekeeping.newest(records);
        boolean matters = false;
        for (LogRecord record : records) matters |= Housekeeping.mayMatter(record.entry(), after, oldest);
        if (matters) ask();
    }

    @Override
    public void restarted(TenantImage image) {
        oldest.clear();
        ask();
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) background.execute(this::work);
    }

    private void work() {
        asked.set(false);
        try {
            while (proposeNext()) continue;
            failed = false;
        } catch (RuntimeException failure) {
            if (!failed) LOG.warn("tenant {}: housekeeping waits: {}", replica.tenant(), failure.getMessage());
            failed = true;
        }
    }

    /** Looks first: most often nothing is due, and whoever proposes holds up those that write. */
    private boolean proposeNext() {
        if (Housekeeping.next(replica.image(), now).isEmpty()) return false;
        Decided<Boolean> decided = replica.propose(image -> {
            Optional<Proposal> next = Housekeeping.next(image, now);
            return new Decision<>(next.orElse(null), next.isPresent());
        });
        return decided.answer() && decided.committed();
    }
}
