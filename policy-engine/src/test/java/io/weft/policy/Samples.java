package io.weft.policy;

import io.weft.policy.image.Call;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayAddress;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import io.weft.policy.image.GatewayName;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TenantId;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two tenants, three clusters, the global namespace {@code shop} with the domain {@code shop.example} and its service
 * {@code cart}.
 */
public final class Samples {
    public static final TenantId TENANT = new TenantId("acme");
    public static final TenantId OTHER_TENANT = new TenantId("globex");
    public static final String HUB = "hub-1";
    public static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    public static final ClusterName EAST = new ClusterName("east");
    public static final ClusterName WEST = new ClusterName("west");
    public static final ClusterName NORTH = new ClusterName("north");

    public static final GnsName SHOP = new GnsName("shop");
    public static final String DOMAIN = "shop.example";
    public static final String CART_HOST = "cart.shop.example";
    public static final ServiceId CART = new ServiceId("shop", "cart");
    public static final GatewayName CART_V1 = new GatewayName(CART_HOST, 80, "v1");

    private Samples() {}

    public static Metadata metadata(long generation, long revision) {
        return new Metadata(map(), map(), generation, revision, START, START.plusSeconds(revision), "ada");
    }

    public static Resource.Cluster cluster(ClusterName name, long revision) {
        return cluster(name, revision, map("region", name.value()));
    }

    public static Resource.Cluster cluster(ClusterName name, long revision, SortedMap<String, String> labels) {
        ClusterSpec spec = new ClusterSpec(
                name.value(),
                "",
                labels,
                "kind",
                name.value(),
                name.value(),
                ClusterSpec.MeshKind.Istio,
                List.of(),
                List.of());
        return new Resource.Cluster(ResourceKey.cluster(name.value()), metadata(1, revision), spec);
    }

    /** The global namespace {@code shop}: the namespaces of that name in every cluster. */
    public static Resource.GlobalNamespace shop(long revision) {
        return globalNamespace(SHOP, DOMAIN, revision, named("shop"));
    }

    public static Resource.GlobalNamespace globalNamespace(
            GnsName name, String domain, long revision, Selector namespaces) {
        GlobalNamespaceSpec spec = new GlobalNamespaceSpec(
                "",
                "",
                domain,
                List.of(new MemberRule(Selector.ALL, namespaces, Selector.ALL)),
                GlobalNamespaceSpec.Mtls.Strict,
                "");
        return new Resource.GlobalNamespace(ResourceKey.globalNamespace(name.value()), metadata(1, revision), spec);
    }

    /** Selects what has one of these names. */
    public static Selector named(String name) {
        return new Selector(map(), List.of(), List.of(new Selector.Field("name", NameMatch.Op.Exact, name)));
    }

    public static Resource.TrafficRoute route(
            GnsName gns, String name, String target, long revision, Destination... split) {
        Rule rule = new Rule("", List.of(), List.of(split), null, null);
        return new Resource.TrafficRoute(
                ResourceKey.trafficRoute(gns, name),
                metadata(1, revision),
                new TrafficRouteSpec("", target, List.of(rule)));
    }

    public static Destination version(String version, int weight) {
        return new Destination(version, null, weight);
    }

    public static Destination preferring(ClusterName cluster, int weight) {
        return new Destination(null, cluster, weight);
    }

    public static ServiceFact service(String name, String... versions) {
        SortedMap<String, VersionFact> byVersion = new TreeMap<>();
        for (String version : versions) byVersion.put(version, version(2));
        return service(name, byVersion);
    }

    public static ServiceFact service(String name, SortedMap<String, VersionFact> versions) {
        SortedSet<PortFact> ports = set(new PortFact(80, "http", Protocol.HTTP, 8080));
        return new ServiceFact(map(), map("app", name), ports, versions, 0, false);
    }

    public static VersionFact version(int ready) {
        return new VersionFact(set("default"), true, ready, "region-1/zone-1");
    }

    public static GatewayFact gateway(ClusterName cluster) {
        int last = switch (cluster.value()) {
            case "east" -> 1;
            case "west" -> 2;
            default -> 3;
        };
        return new GatewayFact(
                "istio-system", map("istio", "eastwestgateway"), List.of(new GatewayAddress("192.0.2." + last, 15443)));
    }

    public static Capabilities istio(ClusterName cluster) {
        return new Capabilities("istio", "1.27.1", cluster.value(), "cluster.local", "istio-system", true);
    }

    /** The facts with which a cluster of the sample joins: namespace {@code shop} with {@code cart} in these versions. */
    public static FactChange joined(ClusterName cluster, String... versions) {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        namespaces.put("shop", new NamespaceFact(map("team", "shop")));
        SortedMap<ServiceId, ServiceFact> services = new TreeMap<>();
        if (versions.length > 0) services.put(CART, service("cart", versions));
        return new FactChange(namespaces, set(), services, set(), gateway(cluster), istio(cluster));
    }

    public static FactChange put(ServiceId id, ServiceFact fact) {
        SortedMap<ServiceId, ServiceFact> services = new TreeMap<>();
        services.put(id, fact);
        return new FactChange(new TreeMap<>(), set(), services, set(), null, null);
    }

    public static FactChange removed(ServiceId id) {
        return new FactChange(new TreeMap<>(), set(), new TreeMap<>(), set(id), null, null);
    }

    public static Call call(ClusterName callee, GatewayName name) {
        return new Call(callee, name);
    }

    @SafeVarargs
    public static <T extends Comparable<? super T>> SortedSet<T> set(T... items) {
        return new TreeSet<>(List.of(items));
    }

    /** Names and values in turn. */
    public static SortedMap<String, String> map(String... pairs) {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return map;
    }
}
