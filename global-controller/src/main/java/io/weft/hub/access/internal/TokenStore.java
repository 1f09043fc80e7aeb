package io.weft.hub.access.internal;

import io.weft.hub.access.ApiToken;
import io.weft.hub.access.Role;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.StorageException;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of API tokens. */
final class TokenStore {
    /** What authentication needs to know of a token. */
    record Row(
            TenantId tenant,
            String id,
            byte[] hash,
            Role role,
            boolean platform,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    private final DataSource pool;

    TokenStore(DataSource pool) {
        this.pool = pool;
    }

    /** Finds the row that a credential names; row-level security shows nothing else to who knows no tenant yet. */
    Optional<Row> byId(String id) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = Sql.on(connection);
            jdbc.sql("select set_config('app.token', ?, true)")
                    .param(id)
                    .query(String.class)
                    .single();
            Optional<Row> row =
                    jdbc.sql("""
                            select tenant_id, token_id, hash, role, platform, expires_at, last_used_at
                            from access.token where token_id = ?""").param(id).query((rows, index) -> row(rows)).optional();
            connection.commit();
            return row;
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    static void insert(Connection connection, TenantId tenant, TokenText text, ApiToken token, boolean platform) {
        Sql.on(connection)
                .sql("""
                        insert into access.token
                          (tenant_id, token_id, name, hash, role, platform, created_at, created_by, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        tenant.value(),
                        token.id(),
                        token.name(),
                        text.hash(),
                        token.role(),
                        platform,
                        Timestamp.from(token.createdAt()),
                        token.createdBy())
                .param(token.expiresAt() == null ? null : Timestamp.from(token.expiresAt()))
                .update();
    }

    static List<ApiToken> list(Connection connection, TenantId tenant) {
        return Sql.on(connection)
                .sql("""
                        select token_id, name, role, created_at, created_by, expires_at, last_used_at
                        from access.token where tenant_id = ? order by created_at, token_id limit 1000""")
                .param(tenant.value())
                .query((rows, index) -> new ApiToken(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getTimestamp(4).toInstant(),
                        rows.getString(5),
                        instant(rows, 6),
                        instant(rows, 7),
                        null))
                .list();
    }

    static boolean delete(Connection connection, TenantId tenant, String id) {
        return Sql.on(connection)
                        .sql("delete from access.token where tenant_id = ? and token_id = ?")
                        .params(tenant.value(), id)
                        .update()
                == 1;
    }

    static void used(Connection connection, TenantId tenant, String id, Instant at) {
        Sql.on(connection)
                .sql("update access.token set last_used_at = ? where tenant_id = ? and token_id = ?")
                .params(Timestamp.from(at), tenant.value(), id)
                .update();
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                new TenantId(rows.getString(1)),
                rows.getString(2),
                rows.getBytes(3),
                Role.of(rows.getString(4)).orElseThrow(),
                rows.getBoolean(5),
                instant(rows, 6),
                instant(rows, 7));
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        Timestamp time = rows.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
