package io.weft.hub.clusters.internal;

import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.TenantId;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One authority per tenant and one of the hub, made when first needed, by whichever replica comes first. */
final class AuthorityStore {
    private static final int MOST_UNKNOWN = 10_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    private final TenantTransaction transaction;
    private final JdbcClient jdbc;
    private final Envelope envelope;
    private final InstantSource clock;
    private final Map<TenantId, Authority> known = new ConcurrentHashMap<>();
    /** Names in certificates of strangers: not worth a question to the database each time. */
    private final Map<TenantId, Instant> unknown = new ConcurrentHashMap<>();

    AuthorityStore(TenantTransaction transaction, DataSource dataSource, Envelope envelope, InstantSource clock) {
        this.transaction = transaction;
        this.jdbc = JdbcClient.create(dataSource);
        this.envelope = envelope;
        this.clock = clock;
    }

    /** The tenant's authority, if it ever issued anything. */
    Optional<Authority> find(TenantId tenant) {
        Authority cached = known.get(tenant);
        if (cached != null) return Optional.of(cached);
        Instant since = unknown.get(tenant);
        if (since != null && clock.instant().isBefore(since.plus(UNKNOWN_FOR))) return Optional.empty();
        Optional<Authority> found = transaction.in(tenant, connection -> read(Sql.on(connection), tenant));
        if (found.isEmpty()) {
            if (unknown.size() >= MOST_UNKNOWN) unknown.clear();
            unknown.put(tenant, clock.instant());
        } else {
            known.put(tenant, found.get());
        }
        return found;
    }

    /** The tenant's authority; makes it. */
    Authority of(TenantId tenant) {
        Authority cached = known.get(tenant);
        if (cached != null) return cached;
        Authority authority = transaction.in(tenant, connection -> {
            JdbcClient sql = Sql.on(connection);
            Optional<Authority> there = read(sql, tenant);
            if (there.isPresent()) return there.get();
            Authority made = Authority.create("weft tenant " + tenant, clock.instant());
            sql.sql("""
                            insert into clusters.authority (tenant_id, certificate, private_key)
                            values (?, ?, ?) on conflict do nothing""")
                    .params(tenant.value(), encoded(made), sealed(made, purpose(tenant)))
                    .update();
            return read(sql, tenant).orElseThrow();
        });
        known.put(tenant, authority);
        return authority;
    }

    /** The hub's authority; makes it. */
    Authority ofHub() {
        Optional<Authority> there = readHub();
        if (there.isPresent()) return there.get();
        Authority made = Authority.create("weft hub", clock.instant());
        jdbc.sql("insert into clusters.hub_authority (certificate, private_key) values (?, ?) on conflict do nothing")
                .params(encoded(made), sealed(made, "hub"))
                .update();
        return readHub().orElseThrow();
    }

    private Optional<Authority> readHub() {
        return jdbc.sql("select certificate, private_key from clusters.hub_authority")
                .query((rows, index) -> Authority.parse(rows.getBytes(1), envelope.open(rows.getBytes(2), "hub")))
                .optional();
    }

    private Optional<Authority> read(JdbcClient sql, TenantId tenant) {
        return sql.sql("select certificate, private_key from clusters.authority where tenant_id = ?")
                .param(tenant.value())
                .query((rows, index) ->
                        Authority.parse(rows.getBytes(1), envelope.open(rows.getBytes(2), purpose(tenant))))
                .optional();
    }

    private byte[] sealed(Authority authority, String purpose) {
        return envelope.seal(authority.key().getEncoded(), purpose);
    }

    private static byte[] encoded(Authority authority) {
        try {
            return authority.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String purpose(TenantId tenant) {
        return "tenant/" + tenant;
    }
}
