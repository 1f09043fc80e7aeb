package io.weft.hub.world;

import io.weft.hub.platform.log.Attachment;
import io.weft.hub.platform.log.Head;
import io.weft.hub.platform.log.LogHints;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.Optional;

/** A store behind which the database is exchanged, as by a restore from backup. */
final class SwitchedStore implements LogStore {
    private volatile LogStore now;

    SwitchedStore(LogStore first) {
        now = first;
    }

    void to(LogStore other) {
        now = other;
    }

    @Override
    public String hubId() {
        return now.hubId();
    }

    @Override
    public void create(TenantId tenant) {
        now.create(tenant);
    }

    @Override
    public Head head(TenantId tenant) {
        return now.head(tenant);
    }

    @Override
    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
        return now.append(tenant, group);
    }

    @Override
    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
        return now.read(tenant, afterPosition, limit);
    }

    @Override
    public TenantImage load(TenantId tenant) {
        return now.load(tenant);
    }

    @Override
    public long openEpoch(TenantId tenant, ClusterName cluster) {
        return now.openEpoch(tenant, cluster);
    }

    @Override
    public Optional<Attachment.IdempotencyKey> remembered(TenantId tenant, String key) {
        return now.remembered(tenant, key);
    }

    @Override
    public Head freeze(TenantId tenant, String reason) {
        return now.freeze(tenant, reason);
    }

    @Override
    public Optional<Head> unfreeze(TenantId tenant, Attachment.AuditEvent event) {
        return now.unfreeze(tenant, event);
    }

    @Override
    public AutoCloseable listen(LogHints hints) {
        return now.listen(hints);
    }
}
