package io.weft.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL itself keeps tenants apart, whatever the hub's code does. */
class RowLevelSecurityTest {
    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated();
    }

    private static List<String> asOwner(String sql) throws SQLException {
        try (Connection connection = database.as(TestDatabase.OWNER).getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) found.add(row.getString(1));
            return found;
        }
    }

    private static final String TENANT_TABLES = """
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND EXISTS (SELECT 1 FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)""";

    @Test
    void everyTableWithATenantForcesAPolicy() throws SQLException {
        assertThat(asOwner("SELECT c.oid::regclass::text " + TENANT_TABLES))
                .contains("platform.tenant_head", "platform.log_entry", "inventory.item", "delivery.session");
        assertThat(asOwner("SELECT c.oid::regclass::text " + TENANT_TABLES + """
                 AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                          AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))"""))
                .as("tables without a forced policy")
                .isEmpty();
    }

    @Test
    void theTenantIsFirstInEveryKey() throws SQLException {
        assertThat(asOwner("SELECT c.oid::regclass::text " + TENANT_TABLES + """
                 AND NOT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a
                                 ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                                 WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'tenant_id')
                 AND EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
                 AND n.nspname IN ('platform', 'inventory', 'delivery')"""))
                .isEmpty();
    }

    @Test
    void theApplicationNeitherOwnsNorBypassesAnything() throws SQLException {
        assertThat(asOwner("SELECT rolname FROM pg_roles WHERE rolname = 'weft_app' AND (rolsuper OR rolbypassrls)"))
                .isEmpty();
        assertThat(asOwner("""
                SELECT c.oid::regclass::text FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                WHERE r.rolname = 'weft_app'""")).isEmpty();
    }

    @Test
    void withoutATenantNothingIsSeen() throws SQLException {
        JdbcTenantTransaction app = new JdbcTenantTransaction(database.as(TestDatabase.APP));
        insertHead(app, "seen-a", "seen-a");
        insertHead(app, "seen-b", "seen-b");

        try (Connection connection = database.as(TestDatabase.APP).getConnection()) {
            assertThat(heads(connection)).isEmpty();
        }
        assertThat(app.in(new TenantId("seen-a"), RowLevelSecurityTest::heads)).containsExactly("seen-a");
        assertThat(app.in(new TenantId("seen-b"), RowLevelSecurityTest::heads)).containsExactly("seen-b");
    }

    @Test
    void aRowOfAnotherTenantCannotBeWrittenOrChanged() {
        JdbcTenantTransaction app = new JdbcTenantTransaction(database.as(TestDatabase.APP));
        insertHead(app, "mine", "mine");
        insertHead(app, "yours", "yours");

        assertThatThrownBy(() -> insertHead(app, "mine", "theirs"))
                .hasRootCauseInstanceOf(SQLException.class)
                .rootCause()
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        int changed = app.in(new TenantId("mine"), connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "UPDATE platform.tenant_head SET revision = 7 WHERE tenant_id = 'yours'");
            }
        });
        assertThat(changed).isZero();
    }

    private static int insertHead(JdbcTenantTransaction app, String as, String tenant) {
        return app.in(new TenantId(as), connection -> {
            try (var statement =
                    connection.prepareStatement("INSERT INTO platform.tenant_head (tenant_id) VALUES (?)")) {
                statement.setString(1, tenant);
                return statement.executeUpdate();
            }
        });
    }

    private static List<String> heads(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT tenant_id FROM platform.tenant_head")) {
            List<String> found = new ArrayList<>();
            while (row.next()) found.add(row.getString(1));
            return found;
        }
    }
}
