package io.weft.hub.delivery;

import io.weft.hub.delivery.ClusterProgress.Mark;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Progress and sessions in PostgreSQL. Progress is written without waiting for the disk: agents tell it again when they
 * connect.
 */
public final class PostgresProgressStore implements ProgressStore {
    private static final String NOT_WAITING_FOR_THE_DISK = "SET LOCAL synchronous_commit = off";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TenantTransaction transactions;
    private final DataSource pool;
    private final String replica;

    /** @param replica names this process among the hub's replicas, and no process before it */
    public PostgresProgressStore(TenantTransaction transactions, DataSource pool, String replica) {
        this.transactions = transactions;
        this.pool = pool;
        this.replica = replica;
    }

    /** Says that this replica lives for so long; sessions of one that does not are over. */
    public void renewLease(Duration length) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement("""
                        INSERT INTO delivery.replica (replica, until) VALUES (?, clock_timestamp() + ? * interval '1 ms')
                        ON CONFLICT (replica) DO UPDATE SET until = excluded.until""")) {
            statement.setString(1, replica);
            statement.setLong(2, length.toMillis());
            statement.executeUpdate();
            if (!connection.getAutoCommit()) connection.commit();
        }
    }

    @Override
    public SortedMap<ClusterName, ClusterProgress> load(TenantId tenant) {
        return transactions.in(tenant, connection -> {
            try (var statement = connection.prepareStatement("""
                    SELECT p.cluster, p.progress, EXISTS (
                        SELECT 1 FROM delivery.session s JOIN delivery.replica r USING (replica)
                        WHERE s.tenant_id = p.tenant_id AND s.cluster = p.cluster AND s.ended IS NULL
                          AND r.until > clock_timestamp()
                          AND s.epoch = (SELECT max(epoch) FROM delivery.session
                                         WHERE tenant_id = p.tenant_id AND cluster = p.cluster))
                    FROM delivery.progress p WHERE p.tenant_id = ?""")) {
                statement.setString(1, tenant.value());
                ResultSet row = statement.executeQuery();
                SortedMap<ClusterName, ClusterProgress> all = new TreeMap<>();
                while (row.next()) {
                    ClusterProgress progress = read(JSON.readTree(row.getString(2)));
                    all.put(
                            new ClusterName(row.getString(1)),
                            progress.connection(row.getBoolean(3), progress.since()));
                }
                return all;
            }
        });
    }

    @Override
    public void save(TenantId tenant, Map<ClusterName, ClusterProgress> changed) {
        transactions.in(tenant, connection -> {
            Statements statements = new Statements(connection).add(NOT_WAITING_FOR_THE_DISK);
            statements.add("""
                    INSERT INTO delivery.progress (tenant_id, cluster, progress)
                    SELECT ?, p.cluster, p.progress FROM unnest(?::text[], ?::text[]) AS p (cluster, progress)
                    ON CONFLICT (tenant_id, cluster) DO UPDATE
                    SET progress = excluded.progress, changed = clock_timestamp()""");
            statements.text(tenant.value());
            statements.texts(changed.keySet().stream().map(ClusterName::value).toList());
            statements.texts(
                    changed.values().stream().map(p -> write(p).toString()).toList());
            statements.execute();
            return changed.size();
        });
    }

    @Override
    public Optional<ClusterProgress> connected(
            TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent) {
        return transactions.in(tenant, connection -> {
            Statements statements = new Statements(connection).add(NOT_WAITING_FOR_THE_DISK);
            statements.add("DELETE FROM delivery.session WHERE tenant_id = ? AND cluster = ? AND epoch < ? - 20");
            statements.text(tenant.value()).text(cluster.value()).number(epoch);
            statements.add("""
                    INSERT INTO delivery.session (tenant_id, cluster, epoch, replica, opened, agent_version, capabilities)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""");
            statements
                    .text(tenant.value())
                    .text(cluster.value())
                    .number(epoch)
                    .text(replica)
                    .time(at);
            statements.text(agent.version()).texts(agent.capabilities());
            statements.execute();
            try (var statement = connection.prepareStatement(
                    "SELECT progress FROM delivery.progress WHERE tenant_id = ? AND cluster = ?")) {
                statement.setString(1, tenant.value());
                statement.setString(2, cluster.value());
                ResultSet row = statement.executeQuery();
                return row.next() ? Optional.of(read(JSON.readTree(row.getString(1)))) : Optional.empty();
            }
        });
    }

    @Override
    public void disconnected(TenantId tenant, Collection<End> ends) {
        transactions.in(tenant, connection -> {
            Statements statements = new Statements(connection).add(NOT_WAITING_FOR_THE_DISK);
            statements.add("""
                    UPDATE delivery.session s SET ended = clock_timestamp(), reason = e.reason
                    FROM unnest(?::text[], ?::bigint[], ?::text[]) AS e (cluster, epoch, reason)
                    WHERE s.tenant_id = ? AND s.cluster = e.cluster AND s.epoch = e.epoch""");
            statements.texts(ends.stream().map(end -> end.cluster().value()).toList());
            statements.numbers(ends.stream().map(End::epoch).toList());
            statements.texts(
                    ends.stream().map(end -> end.reason().replace("\0", "")).toList());
            statements.text(tenant.value()).execute();
            return ends.size();
        });
    }

    static ObjectNode write(ClusterProgress progress) {
        ObjectNode row = JSON.createObjectNode();
        row.put("since", progress.since().toString());
        mark(row, "sent", progress.sent());
        mark(row, "applied", progress.applied());
        mark(row, "refused", progress.refused());
        mark(row, "live", progress.live());
        row.put("liveReason", progress.liveReason());
        texts(row.putObject("refusals"), progress.refusals());
        texts(row.putObject("drift"), progress.drift());
        return row;
    }

    private static void mark(ObjectNode row, String name, Mark mark) {
        row.putObject(name)
                .put("incarnation", mark.place().incarnation())
                .put("position", mark.place().position())
                .put("version", mark.version().isNone() ? "" : mark.version().hex());
    }

    private static void texts(ObjectNode into, SortedMap<String, String> texts) {
        texts.forEach(into::put);
    }

    static ClusterProgress read(JsonNode row) {
        return new ClusterProgress(
                false,
                Instant.parse(row.path("since").asString()),
                mark(row.path("sent")),
                mark(row.path("applied")),
                mark(row.path("refused")),
                mark(row.path("live")),
                row.path("liveReason").asString(),
                texts(row.path("refusals")),
                texts(row.path("drift")));
    }

    private static Mark mark(JsonNode mark) {
        String version = mark.path("version").asString();
        return new Mark(
                new Place(
                        mark.path("incarnation").asLong(), mark.path("position").asLong()),
                version.isEmpty() ? Digest.NONE : Digest.ofHex(version));
    }

    private static SortedMap<String, String> texts(JsonNode from) {
        SortedMap<String, String> texts = new TreeMap<>();
        from.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString()));
        return texts;
    }
}
