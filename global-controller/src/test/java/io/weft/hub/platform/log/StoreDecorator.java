package io.weft.hub.platform.log;

import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.Optional;

/** A way to a store; subclasses put faults on it, or another store behind it. */
public class StoreDecorator implements LogStore {
    private volatile LogStore store;

    public StoreDecorator(LogStore store) {
        this.store = store;
    }

    /** From now on it is a way to another one. */
    protected final void lead(LogStore other) {
        store = other;
    }

    @Override
    public String hubId() {
        return store.hubId();
    }

    @Override
    public void create(TenantId tenant) {
        store.create(tenant);
    }

    @Override
    public Head head(TenantId tenant) {
        return store.head(tenant);
    }

    @Override
    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
        return store.append(tenant, group);
    }

    @Override
    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
        return store.read(tenant, afterPosition, limit);
    }

    @Override
    public TenantImage load(TenantId tenant) {
        return store.load(tenant);
    }

    @Override
    public long openEpoch(TenantId tenant, ClusterName cluster) {
        return store.openEpoch(tenant, cluster);
    }

    @Override
    public Optional<Attachment.IdempotencyKey> remembered(TenantId tenant, String key) {
        return store.remembered(tenant, key);
    }

    @Override
    public Head freeze(TenantId tenant, String reason) {
        return store.freeze(tenant, reason);
    }

    @Override
    public Optional<Head> unfreeze(TenantId tenant, Attachment.AuditEvent event) {
        return store.unfreeze(tenant, event);
    }

    @Override
    public AutoCloseable listen(LogHints hints) {
        return store.listen(hints);
    }
}
