package io.weft.hub.resources.internal;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.ChangeRecorder;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.resources.RevisionLog;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import io.weft.policy.validate.ResourceWriter;
import java.time.Instant;
import java.util.ArrayList;
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
    public void record(Statements to, TenantId tenant, List<LogRecord> records) {
        for (LogRecord record : records) {
            if (record.entry() instanceof Changed changed) {
                record(to, tenant, record, records.getLast().position(), changed);
            }
        }
    }

    private static void record(Statements to, TenantId tenant, LogRecord record, long last, Changed changed) {
        to.add("insert into resources.revision (tenant_id, revision, position, at, by) values (?, ?, ?, ?, ?)");
        to.text(tenant.value()).number(changed.revision()).number(last);
        to.time(record.time()).text(changed.by());
        List<String> keys = new ArrayList<>();
        List<Long> generations = new ArrayList<>();
        List<@Nullable String> documents = new ArrayList<>();
        for (Resource put : changed.puts()) {
            keys.add(put.key().toString());
            generations.add(put.metadata().generation());
            documents.add(JSON.writeValueAsString(ResourceWriter.write(put)));
        }
        for (ResourceKey deleted : changed.tombstones()) {
            keys.add(deleted.toString());
            generations.add(0L);
            documents.add(null);
        }
        if (keys.isEmpty()) return;
        to.add("""
                insert into resources.version (tenant_id, key, revision, generation, document)
                select ?, v.key, ?, v.generation, v.document::jsonb
                from unnest(?::text[], ?::bigint[], ?::text[]) as v (key, generation, document)""");
        to.text(tenant.value()).number(changed.revision());
        to.texts(keys).numbers(generations).texts(documents);
    }

    @Override
    public Optional<Revision> revision(TenantCaller caller, long revision) {
        caller.require(Permission.READ);
        return transaction.in(
                caller.tenant(), connection -> new RevisionSql(Sql.on(connection), caller.tenant()).whole(revision));
    }

    @Override
    public List<Revision> revisions(TenantCaller caller, Filter filter, long before, int limit) {
        caller.require(Permission.READ);
        return transaction.in(
                caller.tenant(),
                connection -> new RevisionSql(Sql.on(connection), caller.tenant()).page(filter, before, limit));
    }

    @Override
    public long count(TenantCaller caller, Filter filter) {
        caller.require(Permission.READ);
        return transaction.in(
                caller.tenant(), connection -> new RevisionSql(Sql.on(connection), caller.tenant()).count(filter));
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
