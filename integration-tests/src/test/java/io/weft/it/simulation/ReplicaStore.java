package io.weft.it.simulation;

import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.Head;
import io.weft.hub.platform.log.LogHints;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.platform.log.StoreDecorator;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A replica's way to the database: it may be away for a while, and its notifications come late, or never. */
final class ReplicaStore extends StoreDecorator {
    private final Host host;
    private Instant awayUntil = Instant.MIN;
    private boolean losesHints;

    ReplicaStore(LogStore store, Host host) {
        super(store);
        this.host = host;
    }

    void away(Duration duration) {
        awayUntil = host.scheduler().instant().plus(duration);
    }

    void losesHints(boolean loses) {
        losesHints = loses;
    }

    private void reach() {
        if (awayUntil.isAfter(host.scheduler().instant())) throw new StorageException("the database is away");
    }

    @Override
    public Head head(TenantId tenant) {
        reach();
        return super.head(tenant);
    }

    @Override
    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
        reach();
        return super.append(tenant, group);
    }

    @Override
    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
        reach();
        return super.read(tenant, afterPosition, limit);
    }

    @Override
    public TenantImage load(TenantId tenant) {
        reach();
        return super.load(tenant);
    }

    @Override
    public long openEpoch(TenantId tenant, ClusterName cluster) {
        reach();
        return super.openEpoch(tenant, cluster);
    }

    @Override
    public AutoCloseable listen(LogHints hints) {
        Scheduler scheduler = host.scheduler();
        return super.listen(new LogHints() {
            @Override
            public void moved(TenantId tenant) {
                if (losesHints || scheduler.random().nextInt(10) == 0) return;
                scheduler.after(scheduler.anyDelay(20), host, () -> hints.moved(tenant));
            }

            @Override
            public void missed() {
                scheduler.after(scheduler.anyDelay(20), host, hints::missed);
            }
        });
    }
}
