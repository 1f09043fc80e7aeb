package io.weft.policy;

import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random revisions: one or a few resources put or deleted, with the membership that follows; mostly released at once. */
final class RandomChanges {
    private static final List<GnsName> SPACES = List.of(Samples.SHOP, new GnsName("depot"));

    private final Dice dice;
    private final History history;

    RandomChanges(Dice dice, History history) {
        this.dice = dice;
        this.history = history;
    }

    void step() {
        List<Resource> puts = new ArrayList<>();
        SortedSet<ResourceKey> tombstones = new TreeSet<>();
        int die = dice.below(100);
        if (die < 25) {
            ClusterName name = dice.one(RandomHistory.CLUSTERS);
            puts.add(Samples.cluster(name, next(), Samples.map("region", dice.one("a", "b"))));
        } else if (die < 28) {
            deleteOne(Kind.CLUSTER, tombstones);
        } else if (die < 45) {
            puts.add(space(dice.one(SPACES)));
        } else if (die < 50) {
            deleteOne(Kind.GLOBAL_NAMESPACE, tombstones);
        } else if (die < 70) {
            for (GnsName gns : declared()) puts.add(route(gns));
        } else if (die < 78) {
            deleteOne(Kind.TRAFFIC_ROUTE, tombstones);
        }
        append(puts, tombstones);
    }

    private void append(List<Resource> puts, SortedSet<ResourceKey> tombstones) {
        SortedMap<GnsName, SortedSet<Member>> memberships = memberships(puts, tombstones);
        if (puts.isEmpty() && tombstones.isEmpty() && memberships.isEmpty()) return;
        history.append(new Changed(next(), puts.isEmpty() ? "system" : "ada", puts, tombstones, memberships));
        if (dice.chance(15)) return;
        SortedSet<Scope> scopes = new TreeSet<>();
        puts.forEach(put -> scopes.add(put.key().scope()));
        tombstones.forEach(key -> scopes.add(key.scope()));
        memberships.keySet().forEach(gns -> scopes.add(Scope.of(gns)));
        scopes.forEach(scope -> history.append(new Released(scope, image().revision(), new TreeMap<>())));
    }

    private TenantImage image() {
        return history.image();
    }

    private long next() {
        return image().revision() + 1;
    }

    private List<GnsName> declared() {
        List<GnsName> names = new ArrayList<>();
        image().resources(Kind.GLOBAL_NAMESPACE).keySet().forEach(key -> names.add(new GnsName(key.name())));
        return names;
    }

    private Resource space(GnsName name) {
        Selector byTeam = new Selector(Samples.map("team", name.value()), List.of(), List.of());
        Selector namespaces = dice.chance(60) ? byTeam : Samples.named(name.value());
        return Samples.globalNamespace(name, name + ".example", next(), namespaces);
    }

    private Resource route(GnsName gns) {
        String service = dice.one("cart", "payment");
        int weight = dice.below(101);
        return dice.chance(50)
                ? Samples.route(
                        gns,
                        service,
                        service,
                        next(),
                        Samples.version("v1", weight),
                        Samples.version("v2", 100 - weight))
                : Samples.route(
                        gns,
                        service,
                        service,
                        next(),
                        Samples.preferring(Samples.EAST, weight),
                        Samples.preferring(Samples.WEST, 100 - weight));
    }

    /** With a global namespace go its routes. */
    private void deleteOne(Kind kind, SortedSet<ResourceKey> tombstones) {
        SortedMap<ResourceKey, Resource> of = image().resources(kind);
        if (of.isEmpty()) return;
        ResourceKey key = dice.one(of.keySet());
        tombstones.add(key);
        if (kind != Kind.GLOBAL_NAMESPACE) return;
        for (ResourceKey route : image().resources(Kind.TRAFFIC_ROUTE).keySet()) {
            if (route.scope().equals(key.scope())) tombstones.add(route);
        }
    }

    /** What changes of any membership, as the system would notice it; not always at once. */
    private SortedMap<GnsName, SortedSet<Member>> memberships(List<Resource> puts, SortedSet<ResourceKey> tombstones) {
        SortedMap<ResourceKey, Resource> after = new TreeMap<>(image().resources(Kind.GLOBAL_NAMESPACE));
        puts.forEach(put -> after.put(put.key(), put));
        after.keySet().removeAll(tombstones);
        SortedMap<GnsName, SortedSet<Member>> changed = new TreeMap<>();
        after.forEach((key, resource) -> {
            if (!(resource.spec() instanceof GlobalNamespaceSpec spec)) return;
            GnsName gns = new GnsName(key.name());
            SortedSet<Member> members = new TreeSet<>(Members.resolve(spec, image()));
            members.removeIf(
                    m -> tombstones.contains(ResourceKey.cluster(m.cluster().value())));
            if (!members.equals(image().membership(gns))) changed.put(gns, members);
        });
        return changed;
    }
}
