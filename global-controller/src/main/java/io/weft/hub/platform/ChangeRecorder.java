package io.weft.hub.platform;

import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps what a person's change made, for history; called in the log's own transaction, beside the audit record. */
@FunctionalInterface
public interface ChangeRecorder {
    /** @param connection to be used as it is: neither committed nor closed */
    void record(Connection connection, TenantId tenant, List<LogRecord> records) throws SQLException;
}
