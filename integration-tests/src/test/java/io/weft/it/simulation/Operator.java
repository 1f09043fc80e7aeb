package io.weft.it.simulation;

import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes what people write, at random: what one write would append to the log of this image; nothing when it has no use. */
final class Operator {
    private static final List<GnsName> NAMESPACES = List.of(new GnsName("shop"), new GnsName("bank"));
    private static final List<String> SERVICES = List.of("cart", "pay", "mail");
    private final List<ClusterName> clusters;

    Operator(List<ClusterName> clusters) {
        this.clusters = clusters;
    }

    /** The clusters themselves, as the first write. */
    List<LogEntry> clusters(TenantImage image) {
        Write write = new Write(image);
        for (ClusterName cluster : clusters) {
            ResourceKey key = ResourceKey.cluster(cluster.value());
            var labels = new TreeMap<>(java.util.Map.of("name", cluster.value()));
            write.put(new Resource.Cluster(
                    key,
                    metadata(image),
                    new ClusterSpec(
                            "",
                            "",
                            labels,
                            "",
                            "region-1",
                            cluster.value(),
                            ClusterSpec.MeshKind.Istio,
                            List.of(),
                            List.of())));
        }
        return write.entries();
    }

    List<LogEntry> anything(TenantImage image, Random random) {
        Write write = new Write(image);
        GnsName gns = any(NAMESPACES, random);
        boolean exists =
                image.resource(ResourceKey.globalNamespace(gns.value())).isPresent();
        int choice = random.nextInt(10);
        if (!exists) {
            if (choice < 5 && !image.inUse(domain(gns)) && !image.gnsNames().contains(gns))
                write.put(namespace(image, gns, random));
        } else if (choice == 0) {
            deleteNamespace(write, gns);
        } else if (choice <= 2) {
            write.put(namespace(image, gns, random));
        } else if (choice == 3) {
            image.resources(Kind.TRAFFIC_ROUTE).keySet().stream()
                    .filter(key -> gns.equals(key.gns()))
                    .findFirst()
                    .ifPresent(write::delete);
        } else {
            write.put(route(image, gns, random));
        }
        return write.entries();
    }

    private void deleteNamespace(Write write, GnsName gns) {
        write.image.resources(Kind.TRAFFIC_ROUTE).keySet().stream()
                .filter(key -> gns.equals(key.gns()))
                .forEach(write::delete);
        write.delete(ResourceKey.globalNamespace(gns.value()));
    }

    private Resource namespace(TenantImage image, GnsName gns, Random random) {
        List<MemberRule> rules = new ArrayList<>();
        for (ClusterName cluster : clusters) {
            if (random.nextInt(5) > 0) rules.add(new MemberRule(labelled(cluster), inShop(), Selector.ALL));
        }
        var spec = new GlobalNamespaceSpec("", "", domain(gns), rules, GlobalNamespaceSpec.Mtls.Strict, "");
        return new Resource.GlobalNamespace(ResourceKey.globalNamespace(gns.value()), metadata(image), spec);
    }

    private Resource route(TenantImage image, GnsName gns, Random random) {
        String target = any(SERVICES, random);
        List<Destination> split = new ArrayList<>();
        int weight = random.nextInt(11) * 10;
        split.add(destination(random, weight));
        Destination second = destination(random, 100 - weight);
        if (same(split.getFirst(), second)) split.set(0, new Destination(second.version(), second.cluster(), 100));
        else split.add(second);
        var rule = new Rule("rule", List.of(), split, null, null);
        var spec = new TrafficRouteSpec("", target, List.of(rule));
        return new Resource.TrafficRoute(ResourceKey.trafficRoute(gns, target), metadata(image), spec);
    }

    private static boolean same(Destination one, Destination other) {
        return one.optionalVersion().equals(other.optionalVersion())
                && one.optionalCluster().equals(other.optionalCluster());
    }

    private Destination destination(Random random, int weight) {
        return switch (random.nextInt(3)) {
            case 0 -> new Destination("v1", null, weight);
            case 1 -> new Destination("v2", null, weight);
            default -> new Destination(null, any(clusters, random), weight);
        };
    }

    private static String domain(GnsName gns) {
        return gns.value() + ".example";
    }

    private static Selector labelled(ClusterName cluster) {
        return new Selector(new TreeMap<>(java.util.Map.of("name", cluster.value())), List.of(), List.of());
    }

    private static Selector inShop() {
        return new Selector(
                new TreeMap<>(java.util.Map.of("kubernetes.io/metadata.name", SimulatedCluster.NAMESPACE)),
                List.of(),
                List.of());
    }

    private static Metadata metadata(TenantImage image) {
        return new Metadata(
                new TreeMap<>(), new TreeMap<>(), 1, image.revision() + 1, Instant.EPOCH, Instant.EPOCH, "operator");
    }

    private static <T> T any(List<T> things, Random random) {
        return things.get(random.nextInt(things.size()));
    }

    /** One revision in the making; released at once to everybody, as this version does. */
    private static final class Write {
        private final TenantImage image;
        private final List<Resource> puts = new ArrayList<>();
        private final SortedSet<ResourceKey> deletes = new TreeSet<>();

        Write(TenantImage image) {
            this.image = image;
        }

        void put(Resource resource) {
            puts.add(resource);
        }

        void delete(ResourceKey key) {
            deletes.add(key);
        }

        List<LogEntry> entries() {
            if (puts.isEmpty() && deletes.isEmpty()) return List.of();
            long revision = image.revision() + 1;
            List<LogEntry> entries = new ArrayList<>();
            entries.add(new Changed(revision, "operator", puts, deletes, memberships()));
            SortedSet<Scope> scopes = new TreeSet<>();
            puts.forEach(put -> scopes.add(put.key().scope()));
            deletes.forEach(key -> scopes.add(key.scope()));
            scopes.forEach(scope -> entries.add(new Released(scope, revision, new TreeMap<>())));
            return entries;
        }

        private SortedMap<GnsName, SortedSet<Member>> memberships() {
            SortedMap<GnsName, SortedSet<Member>> memberships = new TreeMap<>();
            for (Resource put : puts) {
                if (put instanceof Resource.GlobalNamespace namespace) {
                    memberships.put(new GnsName(namespace.key().name()), Members.resolve(namespace.spec(), image));
                }
            }
            return memberships;
        }
    }
}
