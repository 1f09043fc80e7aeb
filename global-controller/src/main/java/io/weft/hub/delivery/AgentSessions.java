package io.weft.hub.delivery;

import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The agents' sessions on record, known to every replica alike. */
public final class AgentSessions {
    /**
     * The newest session of a cluster. Times are PostgreSQL's, but the beginnings, which are the replicas'.
     *
     * @param first when the oldest session on record began
     * @param opened when the newest did
     * @param seen now while it is open, else when it ended
     * @param end why it ended, as the hub knows; empty while it is open
     */
    public record Seen(boolean connected, Instant first, Instant opened, Instant seen, String end, AgentSays agent) {}

    private final TenantTransaction transactions;

    public AgentSessions(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Of every cluster that ever had one. */
    public SortedMap<ClusterName, Seen> of(TenantId tenant) {
        SortedMap<ClusterName, Seen> all = new TreeMap<>();
        transactions.in(
                tenant,
                connection -> Sql.on(connection)
                        .sql("""
                        select distinct on (s.cluster) s.cluster, s.ended is null and coalesce(r.until > t.now, false),
                            min(s.opened) over (partition by s.cluster), s.opened,
                            least(coalesce(s.ended, r.until, s.opened), t.now), coalesce(s.reason, ''),
                            s.agent_version, s.capabilities
                        from delivery.session s left join delivery.replica r using (replica),
                             (select clock_timestamp() as now) t
                        where s.tenant_id = ? order by s.cluster, s.epoch desc""")
                        .param(tenant.value())
                        .query((row, index) -> all.put(
                                new ClusterName(row.getString(1)),
                                new Seen(
                                        row.getBoolean(2),
                                        row.getTimestamp(3).toInstant(),
                                        row.getTimestamp(4).toInstant(),
                                        row.getTimestamp(5).toInstant(),
                                        row.getString(6),
                                        new AgentSays(row.getString(7), List.of((String[])
                                                row.getArray(8).getArray())))))
                        .list());
        return all;
    }
}
