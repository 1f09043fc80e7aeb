package io.weft.hub.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.TestDatabase;
import io.weft.hub.platform.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPartitionsTest {
    private final TestDatabase database = TestDatabase.migrated();

    private List<String> partitions() throws SQLException {
        try (Connection connection = database.as(TestDatabase.OWNER).getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'platform.log_entry'::regclass AND c.relrowsecurity AND c.relforcerowsecurity
                        ORDER BY 1""")) {
            List<String> names = new ArrayList<>();
            while (row.next()) names.add(row.getString(1));
            return names;
        }
    }

    @Test
    void monthsToComeAreOpenedAndOldOnesDropped() throws SQLException {
        LogPartitions job = new LogPartitions(database.as(TestDatabase.JOB));

        job.maintain(LocalDate.of(2040, 1, 31));
        assertThat(partitions())
                .contains("log_entry_204001", "log_entry_204002", "log_entry_204003", "log_entry_204004");

        job.maintain(LocalDate.of(2041, 3, 1));
        assertThat(partitions()).doesNotContain("log_entry_204001").contains("log_entry_204002", "log_entry_204103");
    }

    @Test
    void theApplicationMayNot() {
        assertThatThrownBy(() -> new LogPartitions(database.as(TestDatabase.APP)).maintain(LocalDate.of(2040, 1, 31)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("permission denied");
    }
}
