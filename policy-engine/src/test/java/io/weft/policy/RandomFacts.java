package io.weft.policy;

import io.weft.policy.facts.Fold;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Random differences of a cluster's facts. Few names, so that they meet: {@code shop} and {@code shop-b} may both have a
 * {@code cart}, which is a collision when both are members.
 */
final class RandomFacts {
    private static final String[] NAMESPACES = {"shop", "shop-b", "depot", "kube-system"};
    private static final String[] SERVICES = {"cart", "payment", "catalog"};
    private static final String[] VERSIONS = {"", "v1", "v2", "1.2.3"};

    private final Dice dice;

    RandomFacts(Dice dice) {
        this.dice = dice;
    }

    /** Never empty. */
    FactChange change(ClusterName cluster, ClusterFacts now) {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        SortedSet<String> namespacesGone = new TreeSet<>();
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>();
        SortedSet<ServiceId> removals = new TreeSet<>();
        if (dice.chance(30)) namespaces.put(dice.one(NAMESPACES), namespace());
        if (dice.chance(5)) namespacesGone.add(dice.one(NAMESPACES));
        namespacesGone.removeAll(namespaces.keySet());
        for (int i = dice.below(3); i > 0; i--) service(now, puts, removals);
        GatewayFact gateway = dice.chance(15) ? gateway(cluster) : null;
        Capabilities capabilities = dice.chance(15) ? capabilities(cluster) : null;
        FactChange change = new FactChange(namespaces, namespacesGone, puts, removals, gateway, capabilities);
        return change.isEmpty() ? Samples.joined(cluster, "v1") : change;
    }

    private void service(ClusterFacts now, SortedMap<ServiceId, ServiceFact> puts, SortedSet<ServiceId> removals) {
        ServiceId id = new ServiceId(dice.one(NAMESPACES), dice.one(SERVICES));
        ServiceFact before = now.services().get(id);
        if (before == null || dice.chance(60)) {
            puts.put(id, fact(id, before));
            removals.remove(id);
        } else if (dice.chance(50)) {
            puts.put(id, Fold.gone(before));
            removals.remove(id);
        } else {
            removals.add(id);
            puts.remove(id);
        }
    }

    private ServiceFact fact(ServiceId id, @Nullable ServiceFact before) {
        boolean unknown = before == null || before.ports().isEmpty();
        if (unknown && dice.chance(10)) return headless(id, before);
        SortedMap<String, VersionFact> versions = new TreeMap<>();
        for (String version : dice.some(List.of(VERSIONS), 40)) versions.put(version, version());
        SortedSet<PortFact> ports = Samples.set(new PortFact(80, "http", Protocol.HTTP, dice.one(8080, 8081)));
        if (dice.chance(15)) ports.add(new PortFact(9000, "grpc", dice.one(Protocol.GRPC, Protocol.TCP), 9000));
        SortedMap<String, String> labels = dice.chance(20) ? Samples.map("tier", "back") : Samples.map();
        long since = before == null ? 0 : before.since();
        return new ServiceFact(labels, Samples.map("app", id.name()), ports, versions, since, false);
    }

    private static ServiceFact headless(ServiceId id, @Nullable ServiceFact before) {
        long since = before == null ? 0 : before.since();
        return new ServiceFact(
                Samples.map(), Samples.map("app", id.name()), Samples.set(), new TreeMap<>(), since, false);
    }

    private VersionFact version() {
        SortedSet<String> accounts = dice.some(List.of("default", "cart", "payment"), 40);
        return new VersionFact(accounts, dice.chance(85), dice.below(6), dice.one("", "region-1/zone-1"));
    }

    private NamespaceFact namespace() {
        return new NamespaceFact(dice.chance(70) ? Samples.map("team", dice.one("shop", "depot")) : Samples.map());
    }

    private GatewayFact gateway(ClusterName cluster) {
        return dice.chance(20) ? GatewayFact.NONE : Samples.gateway(cluster);
    }

    private Capabilities capabilities(ClusterName cluster) {
        if (dice.chance(10)) return Capabilities.NONE;
        Capabilities full = Samples.istio(cluster);
        return new Capabilities(
                full.mesh(), full.version(), full.network(), full.trustDomain(), full.rootNamespace(), dice.chance(80));
    }
}
