package io.weft.hub.query.internal;

import io.weft.policy.compile.GlobalServices;
import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.image.Hash;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** The global services of a tenant: computed once for a position of its log, and kept while that is the newest asked for. */
public final class ServiceCatalogue {
    private static final int MOST_TENANTS = 100;

    private record At(long incarnation, long position, Hash hash) {}

    private record Kept(At at, SortedMap<GnsName, SortedMap<String, GlobalService>> services) {}

    private final Map<TenantId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TenantId, Kept> eldest) {
            return size() > MOST_TENANTS;
        }
    };

    /** By global namespace and name. */
    public SortedMap<GnsName, SortedMap<String, GlobalService>> of(TenantImage image) {
        At at = new At(image.incarnation(), image.position(), image.hash());
        synchronized (kept) {
            Kept there = kept.get(image.tenant());
            if (there != null && there.at().equals(at)) return there.services();
        }
        SortedMap<GnsName, SortedMap<String, GlobalService>> services = GlobalServices.of(image);
        synchronized (kept) {
            Kept there = kept.get(image.tenant());
            if (there == null || there.at().position() <= at.position()) {
                kept.put(image.tenant(), new Kept(at, services));
            }
        }
        return services;
    }
}
