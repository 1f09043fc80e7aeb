package io.weft.hub.resources.internal;

import io.weft.hub.resources.RevisionLog.Change;
import io.weft.hub.resources.RevisionLog.Effect;
import io.weft.hub.resources.RevisionLog.Filter;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.policy.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of revisions and versions, inside a transaction of the tenant. */
final class RevisionSql {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MATCHES = """
            r.at > :since and (:resource = '' or exists (select 1 from resources.version v
                where v.tenant_id = r.tenant_id and v.key = :resource and v.revision = r.revision))
            and (:text = '' or position(:text in lower(r.by)) > 0 or exists (select 1 from resources.version v
                where v.tenant_id = r.tenant_id and v.revision = r.revision and position(:text in lower(v.key)) > 0))""";

    private final JdbcClient sql;
    private final TenantId tenant;

    RevisionSql(JdbcClient sql, TenantId tenant) {
        this.sql = sql;
        this.tenant = tenant;
    }

    /** Of a resource that is made generation 1 is the first, also after it was deleted. */
    List<Revision> page(Filter filter, long before, int limit) {
        List<Revision> found = new ArrayList<>();
        with(filter, """
                        select r.revision, r.position, r.at, r.by, v.key, v.generation, v.document is null
                        from (select * from resources.revision r
                              where r.tenant_id = :tenant and r.revision < :before and\s""" + MATCHES + """
                              order by r.revision desc limit :limit) r
                        left join resources.version v on v.tenant_id = r.tenant_id and v.revision = r.revision
                        order by r.revision desc, v.key""")
                .param("before", before)
                .param("limit", limit)
                .query((row, index) -> {
                    Revision last = found.isEmpty() ? null : found.getLast();
                    boolean more = last != null && last.revision() == row.getLong(1);
                    List<Change> changes = new ArrayList<>(more && last != null ? last.changes() : List.of());
                    if (row.getString(5) != null) {
                        Effect effect = effect(row.getLong(6), row.getBoolean(7));
                        changes.add(new Change(row.getString(5), effect, null, null));
                    }
                    if (more) found.removeLast();
                    return found.add(revision(row, changes));
                })
                .list();
        return found;
    }

    long count(Filter filter) {
        return with(filter, "select count(*) from resources.revision r where r.tenant_id = :tenant and " + MATCHES)
                .query(Long.class)
                .single();
    }

    Optional<Revision> whole(long number) {
        List<Change> changes = sql.sql("""
                        select v.key, v.generation, v.document, p.document
                        from resources.version v left join lateral (
                            select p.document from resources.version p
                            where p.tenant_id = v.tenant_id and p.key = v.key and p.revision < v.revision
                            order by p.revision desc limit 1) p on true
                        where v.tenant_id = ? and v.revision = ? order by v.key""")
                .params(tenant.value(), number)
                .query((row, index) -> new Change(
                        row.getString(1),
                        effect(row.getLong(2), row.getString(3) == null),
                        document(row.getString(4)),
                        document(row.getString(3))))
                .list();
        return sql.sql("""
                        select revision, position, at, by from resources.revision
                        where tenant_id = ? and revision = ?""")
                .params(tenant.value(), number)
                .query((row, index) -> revision(row, changes))
                .optional();
    }

    private JdbcClient.StatementSpec with(Filter filter, String text) {
        return sql.sql(text)
                .param("tenant", tenant.value())
                .param("resource", filter.resource())
                .param("text", filter.text().toLowerCase(Locale.ROOT))
                .param("since", Timestamp.from(filter.since()));
    }

    private static Revision revision(ResultSet row, List<Change> changes) throws SQLException {
        return new Revision(row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant(), row.getString(4), changes);
    }

    private static Effect effect(long generation, boolean gone) {
        return gone ? Effect.DELETED : generation == 1 ? Effect.CREATED : Effect.UPDATED;
    }

    private static @Nullable JsonNode document(@Nullable String text) {
        return text == null ? null : JSON.readTree(text);
    }
}
