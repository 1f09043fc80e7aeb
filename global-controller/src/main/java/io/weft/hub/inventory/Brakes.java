package io.weft.hub.inventory;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decision;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** A person's way to let pass what the brake holds. */
public final class Brakes {
    private final InventoryStore store;
    private final Function<TenantId, TenantReplica> replicas;

    public Brakes(InventoryStore store, Function<TenantId, TenantReplica> replicas) {
        this.store = store;
        this.replicas = replicas;
    }

    /** Lets everything pass that is held of this cluster; false when nothing is. The caller has authorised it. */
    public boolean release(TenantId tenant, ClusterName cluster, String by) {
        if (!store.release(tenant, cluster)) return false;
        AuditEvent event = new AuditEvent(by, "release brake", "clusters/" + cluster, "", "", "{}");
        return replicas.apply(tenant)
                .propose(image -> image.judgement(cluster).braked()
                        ? new Decision<>(
                                new Proposal(
                                        List.of(new Judged(cluster, null, false, "released by " + by)),
                                        image.position(),
                                        OptionalLong.empty(),
                                        List.of(event)),
                                true)
                        : Decision.nothing(true))
                .committed();
    }
}
