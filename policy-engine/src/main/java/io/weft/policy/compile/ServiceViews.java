package io.weft.policy.compile;

import io.weft.policy.image.AckState;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.TenantImage;
import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.plan.GlobalPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the view of a service from an image. */
final class ServiceViews {
    private record Found(ClusterName cluster, String namespace, ServiceFact fact) {}

    private record PortKey(int number, Protocol protocol) {}

    private final TenantImage image;
    private final GnsView gns;
    private final String service;
    private final SortedMap<ClusterName, List<Finding>> findings = new TreeMap<>();

    private ServiceViews(TenantImage image, GnsView gns, String service) {
        this.image = image;
        this.gns = gns;
        this.service = service;
    }

    /**
     * @param routes that have this service as their target, by key
     * @param callers clusters that are members under any revision that is released to anybody
     * @param both versions with a preferred cluster in any route that is released to anybody
     */
    static ServiceView read(
            TenantImage image,
            GnsView gns,
            String service,
            List<Resource.TrafficRoute> routes,
            SortedSet<ClusterName> callers,
            SortedSet<VersionPreference> both) {
        return new ServiceViews(image, gns, service).read(routes, callers, both);
    }

    private ServiceView read(
            List<Resource.TrafficRoute> routes, SortedSet<ClusterName> callers, SortedSet<VersionPreference> both) {
        String host = Hosts.host(service, gns.domain());
        List<Found> found = agreeing(candidates());
        List<GlobalPort> ports =
                found.isEmpty() ? List.of() : Site.ports(found.getFirst().fact().ports());
        SortedMap<ClusterName, Site> sites = new TreeMap<>();
        SortedMap<String, SortedSet<String>> identities = new TreeMap<>();
        for (Found f : found) {
            Site site = site(f, host);
            sites.put(f.cluster(), site);
            identities.computeIfAbsent(site.trustDomain(), t -> new TreeSet<>()).addAll(identities(site));
        }
        identities.remove("");
        return new ServiceView(
                gns,
                service,
                host,
                image.address(host).orElse(null),
                sites,
                ports,
                callers,
                both,
                route(routes),
                identities,
                findings);
    }

    private Resource.@Nullable TrafficRoute route(List<Resource.TrafficRoute> routes) {
        if (routes.isEmpty()) return null;
        Resource.TrafficRoute first = routes.getFirst();
        for (Resource.TrafficRoute other : routes.subList(1, routes.size())) {
            String message = "target: " + service + " (expected: one route; " + first.key() + " is used)";
            gns.namespaces()
                    .keySet()
                    .forEach(c -> find(c, new Finding.Conflicted(other.key(), "TargetTaken", message)));
        }
        return first;
    }

    /** At most one in each cluster: of two services of one name, the one that was seen first. */
    private List<Found> candidates() {
        List<Found> chosen = new ArrayList<>();
        gns.namespaces().forEach((cluster, namespaces) -> {
            List<Found> here = new ArrayList<>();
            for (String namespace : namespaces) {
                ServiceFact fact = image.facts(cluster).services().get(new ServiceId(namespace, service));
                if (fact != null && usable(cluster, namespace, fact)) here.add(new Found(cluster, namespace, fact));
            }
            here.sort(Comparator.comparingLong((Found f) -> f.fact().since()).thenComparing(Found::namespace));
            if (!here.isEmpty()) chosen.add(here.getFirst());
            for (Found other : here.subList(Math.min(1, here.size()), here.size())) {
                conflict(
                        cluster,
                        "NameTaken",
                        "service: " + other.namespace() + "/" + service
                                + " (expected: one service of a name in a cluster; "
                                + here.getFirst().namespace() + "/" + service
                                + " was there before)");
            }
        });
        return chosen;
    }

    private boolean usable(ClusterName cluster, String namespace, ServiceFact fact) {
        if (fact.gone() || !gns.selects(image, cluster, namespace, service, fact)) return false;
        String name = "service: " + namespace + "/" + service;
        if (fact.ports().isEmpty()) {
            find(
                    cluster,
                    new Finding.Unsupported(
                            key(), "Headless", name + " (expected: a cluster address; this service is headless)"));
            return false;
        }
        if (fact.selector().isEmpty()) {
            find(cluster, new Finding.Unsupported(key(), "NoSelector", name + " (expected: a selector of its pods)"));
            return false;
        }
        boolean all = fact.versions().values().stream().allMatch(v -> v.meshed());
        if (!all) {
            find(cluster, new Finding.Warning(key(), "NotInMesh", name + " (expected: a proxy in each of its pods)"));
        }
        return Site.inMesh(fact);
    }

    /** Those with the ports that most have; between equals, those that the oldest has. */
    private List<Found> agreeing(List<Found> found) {
        Map<Set<PortKey>, Integer> votes = new HashMap<>();
        for (Found f : found) votes.merge(ports(f), 1, Integer::sum);
        if (votes.size() <= 1) return found;
        Found best = found.stream()
                .min(Comparator.comparingInt((Found f) -> -votes.getOrDefault(ports(f), 0))
                        .thenComparingLong(f -> f.fact().since())
                        .thenComparing(Found::cluster))
                .orElseThrow();
        List<Found> agreeing = new ArrayList<>();
        for (Found f : found) {
            if (ports(f).equals(ports(best))) {
                agreeing.add(f);
            } else {
                conflict(
                        f.cluster(),
                        "PortsDiffer",
                        "ports: " + text(f) + " (expected: " + text(best) + ", as in " + best.cluster() + ")");
            }
        }
        return agreeing;
    }

    private static Set<PortKey> ports(Found found) {
        Set<PortKey> keys = new HashSet<>();
        for (PortFact port : found.fact().ports()) keys.add(new PortKey(port.number(), port.protocol()));
        return keys;
    }

    private static String text(Found found) {
        return Site.ports(found.fact().ports()).stream()
                .map(GlobalPort::name)
                .toList()
                .toString();
    }

    private Site site(Found found, String host) {
        ClusterFacts facts = image.facts(found.cluster());
        return new Site(
                found.cluster(),
                found.namespace(),
                found.fact(),
                facts.capabilities().network(),
                facts.capabilities().trustDomain(),
                facts.gateway().addresses(),
                image.judgement(found.cluster()).liveness(),
                callable(found, host));
    }

    private Map<Integer, Set<String>> callable(Found found, String host) {
        AckState state = image.acknowledged(found.cluster());
        Map<Integer, Set<String>> callable = new HashMap<>();
        for (GatewayName name : Hosts.answered(state, host)) {
            if (state.dropping().contains(name)) continue;
            callable.computeIfAbsent(name.port(), p -> new HashSet<>()).add(name.subset());
        }
        return callable;
    }

    private static SortedSet<String> identities(Site site) {
        SortedSet<String> identities = new TreeSet<>();
        site.fact().versions().values().stream().filter(v -> v.meshed()).forEach(version -> {
            for (String account : version.serviceAccounts()) {
                identities.add("spiffe://" + site.trustDomain() + "/ns/" + site.namespace() + "/sa/" + account);
            }
        });
        return identities;
    }

    private ResourceKey key() {
        return gns.resource().key();
    }

    private void conflict(ClusterName cluster, String reason, String message) {
        find(cluster, new Finding.Conflicted(key(), reason, message));
    }

    private void find(ClusterName cluster, Finding finding) {
        findings.computeIfAbsent(cluster, c -> new ArrayList<>()).add(finding);
    }
}
