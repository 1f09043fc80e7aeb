package io.weft.hub.platform;

import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.SQLException;
import java.util.List;

/** Keeps what a person's change made, for history; called in the log's own transaction, beside the audit record. */
@FunctionalInterface
public interface ChangeRecorder {
    /** @param to gets what is to be written */
    void record(Statements to, TenantId tenant, List<LogRecord> records) throws SQLException;
}
