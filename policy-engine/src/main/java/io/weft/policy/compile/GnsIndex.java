package io.weft.policy.compile;

import io.weft.policy.image.Release;
import io.weft.policy.image.TenantImage;
import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.kind.trafficroute.Wishes;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of one global namespace depends on what, so that an entry of the log marks only what it touches. */
final class GnsIndex {
    /** What a revision that is not released everywhere changes. */
    static final class Pending {
        final SortedSet<String> services = new TreeSet<>();
        boolean everything;

        void add(Pending other) {
            services.addAll(other.services);
            everything |= other.everything;
        }
    }

    private record CachedView(GnsView gns, List<Resource.TrafficRoute> routes, ServiceView view) {}

    private final GnsName name;
    private final Scope scope;
    /** Routes that have, or in a version that may still be seen had, a service as their target. */
    private final Map<String, SortedSet<ResourceKey>> routesByTarget = new HashMap<>();

    private final NavigableMap<Long, Pending> pending = new TreeMap<>();
    /** By each revision that is released to anybody. */
    private NavigableMap<Long, GnsView> views = new TreeMap<>();

    private SortedSet<ClusterName> callers = new TreeSet<>();
    private SortedSet<String> domains = new TreeSet<>();
    /** Up to here this index has not seen what revisions changed: a release may change everything. */
    private final long unknownUpTo;

    private final Map<String, List<CachedView>> cache = new HashMap<>();

    GnsIndex(GnsName name, TenantImage image) {
        this.name = name;
        scope = Scope.of(name);
        refresh(image);
        boolean unsettled = image.hasSeveralVersions(scope);
        for (long revision : revisions(image.release(scope))) {
            var seen = image.resourcesAt(scope, revision);
            seen.values().forEach(this::addRoute);
            unsettled |= !seen.equals(image.resourcesAt(scope, image.revision()))
                    || !image.membershipAt(name, revision).equals(image.membership(name));
        }
        image.resourcesAt(scope, image.revision()).values().forEach(this::addRoute);
        unknownUpTo = unsettled ? image.revision() : 0;
    }

    /** Clusters that are members under any revision that is released to anybody. */
    SortedSet<ClusterName> callers() {
        return callers;
    }

    /** The domains that it has under any revision that is released to anybody. */
    SortedSet<String> domains() {
        return domains;
    }

    boolean hasMember(ClusterName cluster, String namespace) {
        return views.values().stream().anyMatch(v -> v.namespaces(cluster).contains(namespace));
    }

    boolean hasRoute(String service) {
        return routesByTarget.containsKey(service);
    }

    Iterable<GnsView> views() {
        return views.values();
    }

    boolean selectsServices() {
        return views.values().stream().anyMatch(GnsView::selectsServices);
    }

    /** The global namespace as a cluster sees it, if it is a member. */
    @Nullable
    GnsView view(TenantImage image, ClusterName cluster) {
        GnsView view = views.get(image.released(scope, cluster));
        return view == null || view.namespaces(cluster).isEmpty() ? null : view;
    }

    ServiceView serviceView(TenantImage image, GnsView gns, ClusterName cluster, String service) {
        List<Resource.TrafficRoute> routes = routes(image, service, image.released(scope, cluster));
        List<CachedView> cached = cache.computeIfAbsent(service, s -> new ArrayList<>(1));
        for (CachedView c : cached) {
            if (c.gns == gns && c.routes.equals(routes)) return c.view;
        }
        SortedSet<VersionPreference> both = new TreeSet<>();
        for (long revision : revisions(image.release(scope))) {
            for (Resource.TrafficRoute route : routes(image, service, revision)) {
                both.addAll(Wishes.of(route.spec()).both());
            }
        }
        ServiceView view = ServiceViews.read(image, gns, service, routes, callers, both);
        cached.add(new CachedView(gns, routes, view));
        return view;
    }

    private List<Resource.TrafficRoute> routes(TenantImage image, String service, long revision) {
        SortedSet<ResourceKey> keys = routesByTarget.get(service);
        if (keys == null) return List.of();
        List<Resource.TrafficRoute> routes = new ArrayList<>(1);
        for (ResourceKey key : keys) {
            Optional<Resource> resource = image.resourceAt(key, revision);
            if (resource.isPresent()
                    && resource.get() instanceof Resource.TrafficRoute route
                    && route.spec().target().equals(service)) {
                routes.add(route);
            }
        }
        return routes;
    }

    void forget(String service) {
        cache.remove(service);
    }

    void forgetAll() {
        cache.clear();
    }

    // ---- how entries change it

    /** A resource of this scope was put or deleted at a revision. */
    void changed(TenantImage before, long revision, ResourceKey key, @Nullable Resource after) {
        if (key.kind() == Kind.GLOBAL_NAMESPACE) pending(revision).everything = true;
        if (key.kind() != Kind.TRAFFIC_ROUTE) return;
        before.resource(key).ifPresent(resource -> touch(revision, resource));
        if (after != null) {
            touch(revision, after);
            addRoute(after);
        }
    }

    void membershipChanged(long revision) {
        pending(revision).everything = true;
    }

    private void touch(long revision, Resource resource) {
        if (resource instanceof Resource.TrafficRoute route) {
            pending(revision).services.add(route.spec().target());
        }
    }

    private void addRoute(Resource resource) {
        if (resource instanceof Resource.TrafficRoute route) {
            routesByTarget
                    .computeIfAbsent(route.spec().target(), t -> new TreeSet<>())
                    .add(route.key());
        }
    }

    private Pending pending(long revision) {
        return pending.computeIfAbsent(revision, r -> new Pending());
    }

    /** What clusters may see change when the release moves. */
    Pending released(Release before, Release after) {
        SortedSet<Long> revisions = revisions(before);
        revisions.addAll(revisions(after));
        Pending touched = new Pending();
        touched.everything = revisions.first() < unknownUpTo;
        pending.subMap(revisions.first(), false, revisions.last(), true)
                .values()
                .forEach(touched::add);
        pending.headMap(after.least(), true).clear();
        return touched;
    }

    /** Takes over views and callers of an image. */
    void refresh(TenantImage image) {
        NavigableMap<Long, GnsView> next = new TreeMap<>();
        SortedSet<ClusterName> nextCallers = new TreeSet<>();
        GnsView earlier = views.isEmpty() ? null : views.lastEntry().getValue();
        for (long revision : revisions(image.release(scope))) {
            GnsView known = views.getOrDefault(revision, earlier);
            GnsView.at(image, name, revision, known).ifPresent(view -> {
                next.put(revision, view);
                nextCallers.addAll(view.namespaces().keySet());
            });
        }
        views = next;
        SortedSet<String> nextDomains = new TreeSet<>();
        next.values().forEach(view -> nextDomains.add(view.domain()));
        domains = nextDomains;
        if (!callers.equals(nextCallers)) {
            callers = nextCallers;
            cache.clear();
        }
    }

    boolean isEmpty() {
        return views.isEmpty() && pending.isEmpty();
    }

    private static SortedSet<Long> revisions(Release release) {
        SortedSet<Long> revisions = new TreeSet<>(release.exceptions().values());
        revisions.add(release.base());
        return revisions;
    }
}
