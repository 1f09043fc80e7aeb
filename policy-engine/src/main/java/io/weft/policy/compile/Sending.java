package io.weft.policy.compile;

import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.kind.trafficroute.TrafficRoutePlanner;
import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.kind.trafficroute.Wishes;
import io.weft.policy.model.ClusterName;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.ServicePlan.RemoteEndpoint;
import io.weft.policy.plan.ServicePlan.Send;
import io.weft.policy.plan.ServicePlan.Subset;
import io.weft.policy.plan.Subsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one cluster calls a service. Whatever reaches another cluster's gateway is called there by the name of a subset;
 * only names that the other has acknowledged are used. A preference that is not answered everywhere is left out, and a
 * version that is not answered by a cluster is not asked for there.
 */
final class Sending {
    /** Where the objects of clusters without back ends live. */
    static final String OWN_NAMESPACE = "weft-system";

    private final UnitInput unit;
    private final ServiceView view;
    private final ClusterName own;
    private final Wishes wishes;
    /** On which others are called: those that each called cluster answers; at first, all. */
    private final List<GlobalPort> ports;

    private final List<Site> answering = new ArrayList<>();
    private final List<Site> called = new ArrayList<>();
    private final SortedSet<ClusterName> preferable = new TreeSet<>();
    private final SortedSet<VersionPreference> both = new TreeSet<>();
    /** By called cluster: versions that it is asked for. */
    private final SortedMap<ClusterName, SortedSet<String>> asked = new TreeMap<>();

    Sending(UnitInput unit, ServiceView view) {
        this.unit = unit;
        this.view = view;
        own = unit.cluster();
        wishes = Wishes.of(view.route() == null ? null : view.route().spec());
        ports = answeredPorts();
        for (Site site : view.sites().values()) {
            if (isReachable(site) && site.callable(Subsets.prefer(own), ports)) answering.add(site);
        }
        for (Site site : answering) {
            if (site.ready() > 0) called.add(site);
        }
        choosePreferences();
        chooseVersions();
    }

    /** Whether there is anything to send to: back ends here, or a cluster that answers. */
    boolean isNeeded() {
        return view.address() != null
                && !view.gns().namespaces(own).isEmpty()
                && (unit.own() != null || !answering.isEmpty());
    }

    /**
     * A new port waits until all that are called answer it: nobody uses it yet, but the other ports are in use. A silent
     * cluster is not waited for.
     */
    private List<GlobalPort> answeredPorts() {
        String preference = Subsets.prefer(own);
        List<Site> known = view.sites().values().stream()
                .filter(this::isReachable)
                .filter(s -> s.liveness() == Liveness.CONNECTED)
                .filter(s -> view.ports().stream().anyMatch(p -> s.callable(preference, List.of(p))))
                .toList();
        List<GlobalPort> answered = view.ports().stream()
                .filter(p -> known.stream().allMatch(s -> s.callable(preference, List.of(p))))
                .toList();
        return answered.isEmpty() ? view.ports() : answered;
    }

    private boolean isReachable(Site site) {
        return !site.cluster().equals(own)
                && !site.addresses().isEmpty()
                && !site.network().isEmpty()
                && !site.trustDomain().isEmpty()
                && site.trustDomain().equals(unit.trustDomain());
    }

    /** A silent cluster that lacks a preference is not called; one that is heard from will answer soon, and is waited for. */
    private void choosePreferences() {
        for (ClusterName cluster : wishes.clusters()) {
            String name = Subsets.prefer(cluster);
            boolean wait =
                    called.stream().anyMatch(s -> s.liveness() == Liveness.CONNECTED && !s.callable(name, ports));
            if (!wait && !cluster.equals(own)) preferable.add(cluster);
        }
        called.removeIf(s -> preferable.stream().anyMatch(c -> !s.callable(Subsets.prefer(c), ports)));
    }

    private void chooseVersions() {
        for (Site site : called) {
            SortedSet<String> versions = new TreeSet<>();
            for (String version : site.versions()) {
                if (site.callable(Subsets.version(version), ports)) versions.add(version);
            }
            asked.put(site.cluster(), versions);
        }
        for (VersionPreference wish : wishes.both()) {
            if (wish.cluster().equals(own)) continue;
            String name = Subsets.version(wish.version(), wish.cluster());
            List<Site> lacking = called.stream()
                    .filter(s -> asked(s).contains(wish.version()) && !s.callable(name, ports))
                    .toList();
            if (lacking.stream().anyMatch(s -> s.liveness() == Liveness.CONNECTED)) continue;
            lacking.forEach(s -> asked(s).remove(wish.version()));
            both.add(wish);
        }
    }

    private SortedSet<String> asked(Site site) {
        return asked.getOrDefault(site.cluster(), new TreeSet<>());
    }

    Send plan() {
        Site here = unit.own();
        return new Send(
                here == null ? OWN_NAMESPACE : here.namespace(),
                view.gns().namespaces(own),
                localPorts(),
                ports,
                subsets(),
                view.routeProvenance(),
                new TrafficRoutePlanner(own, preferable, both)
                        .rules(view.route() == null ? null : view.route().spec()),
                remotes());
    }

    private List<GlobalPort> localPorts() {
        return unit.own() == null ? ports : view.ports();
    }

    private List<Subset> subsets() {
        SortedMap<String, Subset> subsets = new TreeMap<>();
        add(subsets, new Subset(Subsets.prefer(own), null, own));
        for (ClusterName cluster : preferable) add(subsets, new Subset(Subsets.prefer(cluster), null, cluster));
        for (String version : versions()) add(subsets, new Subset(Subsets.version(version), version, own));
        for (VersionPreference b : both) {
            add(subsets, new Subset(Subsets.version(b.version(), b.cluster()), b.version(), b.cluster()));
        }
        return List.copyOf(subsets.values());
    }

    private static void add(SortedMap<String, Subset> subsets, Subset subset) {
        subsets.put(subset.name(), subset);
    }

    private SortedSet<String> versions() {
        SortedSet<String> versions = new TreeSet<>(wishes.versions());
        wishes.both().forEach(b -> versions.add(b.version()));
        view.sites().values().forEach(site -> versions.addAll(site.versions()));
        return versions;
    }

    private List<RemoteEndpoint> remotes() {
        // A cluster with more gateways is no larger for it: its weight is shared among them.
        int shares = called.stream().mapToInt(s -> s.addresses().size()).reduce(1, Sending::leastCommonMultiple);
        List<RemoteEndpoint> remotes = new ArrayList<>();
        for (Site site : called) {
            int factor = shares / site.addresses().size();
            SortedMap<String, Weight> weights = weights(site);
            for (var weight : weights.entrySet()) {
                for (var address : site.addresses()) {
                    remotes.add(new RemoteEndpoint(
                            site.cluster(),
                            weight.getKey().isEmpty() ? null : weight.getKey(),
                            address.address(),
                            address.port(),
                            network(site),
                            weight.getValue().locality(),
                            weight.getValue().ready() * factor));
                }
            }
        }
        return remotes;
    }

    private record Weight(int ready, String locality) {
        Weight plus(Weight other) {
            return new Weight(ready + other.ready, locality.isEmpty() ? other.locality : locality);
        }
    }

    /** By version; what may not be asked for by version is one endpoint without a version. */
    private SortedMap<String, Weight> weights(Site site) {
        SortedMap<String, Weight> weights = new TreeMap<>();
        site.fact().versions().forEach((version, fact) -> {
            if (!fact.meshed() || fact.ready() == 0) return;
            String label = asked(site).contains(version) ? version : "";
            weights.merge(label, new Weight(fact.ready(), fact.locality()), Weight::plus);
        });
        return weights;
    }

    /** Of another cluster in the same network it must not look as if its pods could be reached directly. */
    private String network(Site site) {
        return site.network().equals(unit.network()) ? site.network() + "-" + site.cluster() : site.network();
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    /** Everything that the subsets can reach, and by which names. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Subset subset : subsets()) {
            for (GlobalPort port : localPorts()) {
                GatewayName name = new GatewayName(view.host(), port.number(), subset.name());
                calls.add(new Call(own, name));
                if (!ports.contains(port)) continue;
                for (Site site : called) {
                    if (reaches(subset, site)) calls.add(new Call(site.cluster(), name));
                }
            }
        }
        calls.sort(null);
        return calls;
    }

    private boolean reaches(Subset subset, Site site) {
        String version = subset.version();
        return version == null || asked(site).contains(version) && site.ready(version) > 0;
    }

    /** What a route asks for and does not get (yet). */
    List<Finding> findings() {
        if (view.route() == null) return List.of();
        List<Finding> findings = new ArrayList<>();
        for (ClusterName cluster : wishes.clusters()) {
            if (!cluster.equals(own) && !preferable.contains(cluster)) {
                findings.add(warning(
                        Finding.NOT_ANSWERED,
                        "cluster: " + cluster + " (expected: a preference that every called cluster answers; " + own
                                + " comes first for now)"));
            }
        }
        for (String version : versions()) {
            if (view.sites().values().stream().noneMatch(s -> s.hasVersion(version))) {
                findings.add(
                        warning("NoSuchVersion", "version: " + version + " (expected: one that some cluster has)"));
            }
        }
        if (view.ports().stream().anyMatch(p -> !p.isHttp())) opaque(findings);
        return findings;
    }

    private void opaque(List<Finding> findings) {
        if (view.route() == null) return;
        for (var rule : view.route().spec().rules()) {
            if (!rule.matches().isEmpty() || rule.timeout() != null || rule.retries() != null) {
                findings.add(new Finding.Unsupported(
                        view.route().key(),
                        "NotHttp",
                        "rule " + rule.name() + " (expected: weights only, on ports that are not HTTP)"));
            }
        }
    }

    private Finding warning(String reason, String message) {
        return view.route() == null
                ? new Finding.Warning(view.gns().resource().key(), reason, message)
                : new Finding.Warning(view.route().key(), reason, message);
    }
}
