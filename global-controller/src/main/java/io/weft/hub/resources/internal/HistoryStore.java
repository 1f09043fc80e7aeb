package io.weft.hub.resources.internal;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.ChangeRecorder;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.resources.RevisionLog;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import io.weft.policy.validate.ResourceWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every version of every resource, by the revision that made it; written with the change itself. */
public final class HistoryStore implements ChangeRecorder, RevisionLog {
    private static final JsonMapper JSON = new JsonMapper();

    /** @param document null where the resource was deleted */
    public record Version(
            long revision,
            Instant at,
            String by,
            long generation,
            @Nullable JsonNode document) {}

    private final TenantTransaction transaction;

    public HistoryStore(TenantTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void record(Connection connection, TenantId tenant, List<LogRecord> records) throws SQLException {
        for (LogRecord record : records) {
            if (record.entry() instanceof Changed changed) {
                record(connection, tenant, record, records.getLast().position(), changed);
            }
        }
    }

    private static void record(Connection connection, TenantId tenant, LogRecord record, long last, Changed changed)
            throws SQLException {
        try (PreparedStatement revision = connection.prepareStatement(
                        "insert into resources.revision (tenant_id, revision, position, at, by) values (?, ?, ?, ?, ?)");
                PreparedStatement version = connection.prepareStatement("""
                        insert into resources.version (tenant_id, key, revision, generation, document)
                        values (?, ?, ?, ?, ?::jsonb)""")) {
            revision.setString(1, tenant.value());
            revision.setLong(2, changed.revision());
            revision.setLong(3, last);
            revision.setTimestamp(4, Timestamp.from(record.time()));
            revision.setString(5, changed.by());
            revision.executeUpdate();
            for (Resource put : changed.puts()) {
                add(version, tenant, changed, put.key(), put);
            }
            for (ResourceKey deleted : changed.tombstones()) add(version, tenant, changed, deleted, null);
            version.executeBatch();
        }
    }

    private static void add(
            PreparedStatement version, TenantId tenant, Changed changed, ResourceKey key, @Nullable Resource resource)
            throws SQLException {
        version.setString(1, tenant.value());
        version.setString(2, key.toString());
        version.setLong(3, changed.revision());
        version.setLong(4, resource == null ? 0 : resource.metadata().generation());
        version.setString(5, resource == null ? null : JSON.writeValueAsString(ResourceWriter.write(resource)));
        version.addBatch();
    }

    @Override
    public Optional<Revision> revision(TenantCaller caller, long revision) {
        return revisions(caller, revision + 1, 1).stream()
                .filter(found -> found.revision() == revision)
                .findFirst();
    }

    @Override
    public OptionalLong position(TenantId tenant, long revision) {
        return transaction.in(
                tenant,
                connection -> Sql.on(connection)
                        .sql("select position from resources.revision where tenant_id = ? and revision = ?")
                        .params(tenant.value(), revision)
                        .query(Long.class)
                        .optional()
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }

    /** Newest first, before a revision. */
    public List<Revision> revisions(TenantCaller caller, long before, int limit) {
        caller.require(Permission.READ);
        return transaction.in(
                caller.tenant(),
                connection -> Sql.on(connection)
                        .sql("""
                        select r.revision, r.position, r.at, r.by,
                               coalesce(array_agg(v.key order by v.key) filter (where v.key is not null), '{}')
                        from (select * from resources.revision
                              where tenant_id = ? and revision < ? order by revision desc limit ?) r
                        left join resources.version v on v.tenant_id = r.tenant_id and v.revision = r.revision
                        group by r.revision, r.position, r.at, r.by order by r.revision desc""")
                        .params(caller.tenant().value(), before, limit)
                        .query((rows, index) -> new Revision(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getTimestamp(3).toInstant(),
                                rows.getString(4),
                                List.of((String[]) rows.getArray(5).getArray())))
                        .list());
    }

    /** Newest first, before a revision; empty for what never was. */
    public List<Version> versions(TenantCaller caller, ResourceKey key, long before, int limit) {
        caller.require(Permission.READ);
        return transaction.in(
                caller.tenant(),
                connection -> Sql.on(connection)
                        .sql("""
                        select v.revision, r.at, r.by, v.generation, v.document
                        from resources.version v
                        join resources.revision r on r.tenant_id = v.tenant_id and r.revision = v.revision
                        where v.tenant_id = ? and v.key = ? and v.revision < ? order by v.revision desc limit ?""")
                        .params(caller.tenant().value(), key.toString(), before, limit)
                        .query((rows, index) -> {
                            String document = rows.getString(5);
                            return new Version(
                                    rows.getLong(1),
                                    rows.getTimestamp(2).toInstant(),
                                    rows.getString(3),
                                    rows.getLong(4),
                                    document == null ? null : JSON.readTree(document));
                        })
                        .list());
    }
}
