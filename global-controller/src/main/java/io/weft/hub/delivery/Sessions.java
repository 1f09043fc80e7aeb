package io.weft.hub.delivery;

import io.weft.hub.clusters.SessionIdentity;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.GoodbyeCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that this replica holds. Of one cluster the newest epoch stays; the others end. */
public final class Sessions {
    private final Map<ClusterDelivery, Open> open = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private record Open(SessionIdentity identity, Runnable readOn) {}

    public Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /** @param readOn called with each tick: the transport may go on reading when there is room */
    void add(ClusterDelivery session, SessionIdentity identity, Runnable readOn) {
        open.put(session, new Open(identity, readOn));
    }

    void remove(ClusterDelivery session) {
        open.remove(session);
    }

    public int count() {
        return open.size();
    }

    /** Clusters of a tenant that are connected to this replica. */
    public Set<ClusterName> connected(TenantId tenant) {
        Set<ClusterName> names = ConcurrentHashMap.newKeySet();
        open.keySet().forEach(session -> {
            if (session.tenant().equals(tenant) && session.epoch() > 0) names.add(session.cluster());
        });
        return names;
    }

    void opened(ClusterDelivery newest) {
        for (ClusterDelivery other : open.keySet()) {
            if (other != newest
                    && other.tenant().equals(newest.tenant())
                    && other.cluster().equals(newest.cluster())
                    && other.epoch() > 0
                    && other.epoch() < newest.epoch()) {
                other.fail(GoodbyeCode.GOODBYE_CODE_REPLACED, "a newer session of the cluster took over");
            }
        }
    }

    /** Ends every session of the cluster whose certificate was issued before. */
    public void revoked(TenantId tenant, ClusterName cluster, Instant issuedBefore) {
        open.forEach((session, how) -> {
            if (session.tenant().equals(tenant)
                    && session.cluster().equals(cluster)
                    && how.identity().issuedAt().isBefore(issuedBefore)) {
                session.fail(GoodbyeCode.GOODBYE_CODE_IDENTITY, "the certificate was revoked");
            }
        });
    }

    /** To be called once a second. */
    public void tick() {
        Instant now = clock.instant();
        open.forEach((session, how) -> {
            if (session.ended()) {
                open.remove(session);
                return;
            }
            if (!now.isBefore(how.identity().expiresAt())) {
                session.fail(GoodbyeCode.GOODBYE_CODE_IDENTITY, "the certificate has expired");
            }
            session.tick();
            how.readOn().run();
        });
    }

    /** Says goodbye to all; their agents dial again, to this replica or another. */
    public void endAll() {
        open.keySet().forEach(session -> session.fail(GoodbyeCode.GOODBYE_CODE_MOVED, "this replica stops"));
    }
}
