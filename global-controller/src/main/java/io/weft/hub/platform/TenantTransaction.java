package io.weft.hub.platform;

import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One READ COMMITTED transaction in which row-level security lets just one tenant's rows be seen and written. Commits
 * when the work returns, rolls back when it throws.
 */
public interface TenantTransaction {
    /** Throws {@link StorageException} for every failure of the database. */
    <T> T in(TenantId tenant, Work<T> work);

    /** What is done inside. The connection must not be kept, committed or closed. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
