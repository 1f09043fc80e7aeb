package io.weft.hub.platform.log;

import io.weft.policy.model.TenantId;

/** Says which commits of a {@link MemoryLogStore} go wrong, and how: a simulator's hook. */
@FunctionalInterface
public interface StoreFaults {
    StoreFaults NONE = tenant -> Fault.NONE;

    /** What happens to one commit. */
    enum Fault {
        NONE,
        /** Nothing is stored; the caller gets an exception. */
        BEFORE_COMMIT,
        /** All is stored; the caller gets the same exception. */
        AFTER_COMMIT
    }

    /** Asked once for each group that would commit something. */
    Fault onCommit(TenantId tenant);
}
