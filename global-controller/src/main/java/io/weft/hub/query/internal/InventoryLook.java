package io.weft.hub.query.internal;

import io.weft.hub.inventory.InventoryMoves;
import io.weft.hub.inventory.InventoryMoves.Moved;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.ReportKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once in a while what reports moved in the tenants that somebody reads, whichever replica they came to. So much is
 * told of a cluster at most: one event a look.
 */
final class InventoryLook {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryLook.class);
    private static final long EVERY_MILLIS = 1_000;

    private final InventoryMoves moves;
    private final Supplier<Set<TenantId>> tenants;
    private final BiConsumer<TenantId, Moved> listener;
    private final Map<TenantId, SortedMap<ClusterName, SortedMap<ReportKind, Long>>> seen = new HashMap<>();
    private volatile @Nullable Thread looking;

    InventoryLook(InventoryMoves moves, Supplier<Set<TenantId>> tenants, BiConsumer<TenantId, Moved> listener) {
        this.moves = moves;
        this.tenants = tenants;
        this.listener = listener;
    }

    void start() {
        // Known before it runs: it ends when it finds that it is not wanted.
        Thread thread = Thread.ofVirtual().name("inventory-look").unstarted(this::run);
        looking = thread;
        thread.start();
    }

    void stop() {
        Thread thread = looking;
        looking = null;
        if (thread != null) thread.interrupt();
    }

    private void run() {
        boolean failing = false;
        try {
            while (looking != null) {
                Thread.sleep(EVERY_MILLIS);
                try {
                    look();
                    failing = false;
                } catch (RuntimeException away) {
                    if (!failing) LOG.warn("what was reported is not told now: {}", away.getMessage());
                    failing = true;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first look at a tenant tells nothing: who reads has read what is there. */
    private void look() {
        Set<TenantId> read = tenants.get();
        seen.keySet().retainAll(read);
        for (TenantId tenant : read) {
            var now = moves.look(tenant);
            var before = seen.put(tenant, now);
            if (before != null) {
                InventoryMoves.between(before, now).forEach(moved -> listener.accept(tenant, moved));
            }
        }
    }
}
