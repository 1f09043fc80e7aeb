package io.weft.hub.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.RunningHub;
import io.weft.hub.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class NewerDatabaseTest {
    @Test
    void aDatabaseThatANewerWeftMigratedIsRefused() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        try (Connection owner = database.as(TestDatabase.OWNER).getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    insert into migrations.flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (999, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 1, 'weft_owner', 1, true)""");
        }

        assertThatThrownBy(() -> RunningHub.start(database))
                .hasRootCauseMessage(
                        "database: version 999, of a newer Weft (expected: one that this Weft knows; use the"
                                + " newer Weft, or another database)");
    }
}
