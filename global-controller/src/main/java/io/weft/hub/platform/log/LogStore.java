package io.weft.hub.platform.log;

import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The logs of all tenants. Every method blocks. A tenant without a log answers {@link UnknownTenantException}; a failure
 * of storage is a {@link io.weft.hub.platform.StorageException}, after which nothing is known of an append until the log
 * was read again.
 */
public interface LogStore {
    /** Identifies this hub's data set; part of the ownership labels of every object in clusters. */
    String hubId();

    /** Makes an empty log of a new tenant; nothing happens when there is one. */
    void create(TenantId tenant);

    Head head(TenantId tenant);

    /**
     * Appends in one transaction. Outcomes come in the order of the group; a member that fails leaves, the others are
     * committed together.
     */
    List<Outcome> append(TenantId tenant, List<Proposal> group);

    /** Records after a position, without gaps, oldest first; empty at the head. Old ones may be gone: the first then is not the next. */
    List<LogRecord> read(TenantId tenant, long afterPosition, int limit);

    /** A cold start: the image of the head, of one consistent read of the head and all rows derived from the log. */
    TenantImage load(TenantId tenant);

    /** Fences every earlier session of the cluster: raises and answers its epoch, under the lock of the tenant's head. */
    long openEpoch(TenantId tenant, ClusterName cluster);

    /** What was answered under an idempotency key. */
    Optional<Attachment.IdempotencyKey> remembered(TenantId tenant, String key);

    /** Refuses all appends from now on: somebody knows another history than this. */
    Head freeze(TenantId tenant, String reason);

    /**
     * A person's release of a frozen tenant: raises the incarnation, and leaves the audit record in the same transaction.
     * Nothing happens, and empty is answered, when it is not frozen.
     */
    Optional<Head> unfreeze(TenantId tenant, Attachment.AuditEvent event);

    /** Hears of appends by anyone but this store. */
    AutoCloseable listen(LogHints hints);
}
