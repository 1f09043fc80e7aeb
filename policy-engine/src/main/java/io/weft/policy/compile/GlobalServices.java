package io.weft.policy.compile;

import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.plan.GlobalPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The services of global namespaces as people are shown them: by the newest revision, released or not. */
public final class GlobalServices {
    /**
     * A service in one cluster.
     *
     * @param served false: left out, as the findings say
     * @param answered whether the cluster's gateway answers every port of it, so that others may call it
     * @param ready instances in the mesh, coarse
     * @param versions in the mesh that have a name
     */
    public record Place(
            ClusterName cluster,
            String namespace,
            ServiceFact fact,
            boolean served,
            boolean answered,
            int ready,
            List<String> versions) {
        public Place {
            versions = List.copyOf(versions);
        }
    }

    /** What people should know, and of which cluster. */
    public record Noted(ClusterName cluster, Finding finding) {}

    /**
     * One service.
     *
     * @param address null: it has none yet
     * @param places by cluster
     * @param ports the same wherever it is served
     * @param route whose target it is; null: none
     * @param callers clusters that may call it
     */
    public record GlobalService(
            GnsName globalNamespace,
            String name,
            String host,
            @Nullable String address,
            List<Place> places,
            List<GlobalPort> ports,
            @Nullable ResourceKey route,
            List<Noted> findings,
            SortedSet<ClusterName> callers) {
        public GlobalService {
            places = List.copyOf(places);
            ports = List.copyOf(ports);
            findings = List.copyOf(findings);
        }
    }

    private GlobalServices() {}

    /** Of every global namespace that there is, by name. */
    public static SortedMap<GnsName, SortedMap<String, GlobalService>> of(TenantImage image) {
        SortedMap<GnsName, SortedMap<String, GlobalService>> all = new TreeMap<>();
        for (ResourceKey key : image.resources(Kind.GLOBAL_NAMESPACE).keySet()) {
            GnsName name = new GnsName(key.name());
            all.put(name, of(image, name));
        }
        return all;
    }

    /** What a global namespace would have by these rules now: the names of its services, by cluster and namespace. */
    public static SortedMap<Member, SortedSet<String>> preview(TenantImage image, GlobalNamespaceSpec spec) {
        SortedMap<Member, SortedSet<String>> all = new TreeMap<>();
        for (Resource resource : image.resources(Kind.CLUSTER).values()) {
            if (!(resource instanceof Resource.Cluster cluster)) continue;
            ClusterName name = new ClusterName(cluster.key().name());
            Map<String, List<MemberRule>> rules = new HashMap<>();
            Map<String, SortedSet<String>> names = new HashMap<>();
            for (String namespace : image.facts(name).namespaces().keySet()) {
                List<MemberRule> catching = Members.catching(spec, cluster, image, namespace);
                if (catching.isEmpty()) continue;
                rules.put(namespace, catching);
                names.put(namespace, new TreeSet<>());
            }
            if (rules.isEmpty()) continue;
            image.facts(name).services().forEach((id, fact) -> {
                List<MemberRule> catching = rules.getOrDefault(id.namespace(), List.of());
                SortedSet<String> found = names.get(id.namespace());
                if (found == null || !couldBeServed(fact)) return;
                if (Members.selects(catching, id.name(), fact.labels())) found.add(id.name());
            });
            names.forEach((namespace, found) -> all.put(new Member(name, namespace), found));
        }
        return all;
    }

    private static boolean couldBeServed(ServiceFact fact) {
        return !fact.gone() && !fact.ports().isEmpty() && !fact.selector().isEmpty();
    }

    private static SortedMap<String, GlobalService> of(TenantImage image, GnsName name) {
        SortedMap<String, GlobalService> services = new TreeMap<>();
        GnsView gns = GnsView.at(image, name, image.revision(), null).orElse(null);
        if (gns == null) return services;
        SortedSet<ClusterName> callers = new TreeSet<>(gns.namespaces().keySet());
        Map<String, List<Resource.TrafficRoute>> routes = routes(image, name);
        for (String service : gns.services(image)) {
            ServiceView view = ServiceViews.read(
                    image, gns, service, routes.getOrDefault(service, List.of()), callers, new TreeSet<>());
            List<Place> places = places(image, gns, view);
            if (!places.isEmpty()) services.put(service, service(view, places));
        }
        return services;
    }

    private static GlobalService service(ServiceView view, List<Place> places) {
        List<Noted> findings = new ArrayList<>();
        view.findings().forEach((cluster, all) -> all.forEach(each -> findings.add(new Noted(cluster, each))));
        return new GlobalService(
                view.gns().name(),
                view.service(),
                view.host(),
                view.address(),
                places,
                view.ports(),
                view.route() == null ? null : view.route().key(),
                findings,
                view.callers());
    }

    /** Where it is served; else the first that could be, once its instances are in the mesh. */
    private static List<Place> places(TenantImage image, GnsView gns, ServiceView view) {
        List<Place> places = new ArrayList<>();
        gns.namespaces().forEach((cluster, namespaces) -> {
            Site site = view.sites().get(cluster);
            if (site != null) places.add(served(site, view));
            else unserved(image, gns, view.service(), cluster, namespaces).ifPresent(places::add);
        });
        return places;
    }

    private static Place served(Site site, ServiceView view) {
        boolean answered = view.ports().stream()
                .noneMatch(port ->
                        site.callable().getOrDefault(port.number(), Set.of()).isEmpty());
        return new Place(site.cluster(), site.namespace(), site.fact(), true, answered, site.ready(), site.versions());
    }

    private static Optional<Place> unserved(
            TenantImage image, GnsView gns, String service, ClusterName cluster, SortedSet<String> namespaces) {
        for (String namespace : namespaces) {
            ServiceFact fact = image.facts(cluster).services().get(new ServiceId(namespace, service));
            if (fact == null || !couldBeServed(fact)) continue;
            if (gns.selects(image, cluster, namespace, service, fact))
                return Optional.of(new Place(cluster, namespace, fact, false, false, 0, List.of()));
        }
        return Optional.empty();
    }

    private static Map<String, List<Resource.TrafficRoute>> routes(TenantImage image, GnsName name) {
        Map<String, List<Resource.TrafficRoute>> routes = new TreeMap<>();
        image.newest(Scope.of(name)).sorted(Comparator.comparing(Resource::key)).forEach(resource -> {
            if (resource instanceof Resource.TrafficRoute route) {
                routes.computeIfAbsent(route.spec().target(), t -> new ArrayList<>())
                        .add(route);
            }
        });
        return routes;
    }
}
