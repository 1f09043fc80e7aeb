package io.weft.hub.platform.log;

import io.weft.hub.platform.Statements;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stores audit events; called in the log's own transaction, under the lock of the tenant's head. */
@FunctionalInterface
public interface AttachmentWriter {
    /**
     * @param to gets what is to be written
     * @param records what the mutation appended; may be empty
     */
    void write(Statements to, TenantId tenant, Attachment.AuditEvent event, List<LogRecord> records)
            throws SQLException;

    /**
     * Writes at once.
     *
     * @param connection to be used as it is: neither committed nor closed
     */
    default void write(Connection connection, TenantId tenant, Attachment.AuditEvent event, List<LogRecord> records)
            throws SQLException {
        Statements statements = new Statements(connection);
        write(statements, tenant, event, records);
        statements.execute();
    }
}
