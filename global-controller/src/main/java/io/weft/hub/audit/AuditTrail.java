package io.weft.hub.audit;

import io.weft.hub.access.TenantCaller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading the chains of a tenant. All of it needs the permission to audit. */
public interface AuditTrail {
    /** The two chains of a tenant. */
    enum Chain {
        DONE,
        REFUSED
    }

    /** @param next sequence to continue before; null at the end */
    record Page(List<AuditRecord> records, @Nullable Long next) {}

    /**
     * @param records how many were read
     * @param brokenAt the first record that does not follow from the one before; null when the chain is whole
     */
    record Verification(long records, @Nullable Long brokenAt) {}

    /** Newest first. @param before only records of a smaller sequence */
    Page records(TenantCaller caller, Chain chain, long before, int limit);

    /** Computes every hash again. */
    Verification verify(TenantCaller caller, Chain chain);
}
