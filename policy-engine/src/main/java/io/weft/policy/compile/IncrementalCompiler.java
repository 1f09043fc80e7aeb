package io.weft.policy.compile;

import io.weft.policy.image.Call;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.render.istio.IstioRenderer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log. Replay only marks what an entry may have changed; a cluster is compiled when it is asked for, and then
 * only its marked units. Clusters that nobody asks for cost nothing. Safe for use by several threads, one at a time.
 */
public final class IncrementalCompiler implements ClusterCompiler {
    private final IstioRenderer renderer;
    private final TreeMap<GnsName, GnsIndex> indexes = new TreeMap<>();
    private final Map<ClusterName, ClusterState> states = new HashMap<>();
    /** By cluster, the global namespaces it is a member of under any revision that is released to anybody. */
    private final Map<ClusterName, SortedSet<GnsName>> memberships = new HashMap<>();

    private final Map<String, SortedSet<GnsName>> byDomain = new HashMap<>();
    /** Of the present image: every cluster that sees a view asks for the same, which takes a look at every member. */
    private final Map<GnsView, SortedSet<String>> services = new IdentityHashMap<>();

    private TenantImage image;

    public IncrementalCompiler(TenantImage start) {
        image = start;
        renderer = new IstioRenderer(start.hubId());
        for (GnsName name : start.gnsNames()) add(name);
    }

    /** Replays one record. Answers the clusters whose bundle may have changed. */
    public synchronized Set<ClusterName> advance(LogRecord record, TenantImage after) {
        Marks marks = new Marks();
        TenantImage before = image;
        image = after;
        services.clear();
        switch (record.entry()) {
            case Changed e -> changed(e, before, marks);
            case Released e -> released(e, before, marks);
            case Observed e -> observed(e.cluster(), e.change(), before, marks);
            case Acknowledged e -> acknowledged(e, marks);
            case Judged e -> {
                if (e.liveness() != null) livenessChanged(e.cluster(), marks);
            }
            case Allocated e -> {
                e.addresses().keySet().forEach(marks::everywhere);
                e.freed().keySet().forEach(marks::everywhere);
            }
        }
        return marks.clusters;
    }

    @Override
    public synchronized CompiledCluster compile(ClusterName cluster) {
        ClusterState state = states.get(cluster);
        if (state == null) {
            state = new ClusterState();
            state.dirtyNamespaces.addAll(namespacesOf(cluster));
            for (GatewayName name : image.acknowledged(cluster).answers()) state.dirtyHosts.add(name.host());
            states.put(cluster, state);
        }
        for (String host : dirty(cluster, state)) state.put(host, unit(cluster, host));
        state.dirtyHosts.clear();
        state.dirtyNamespaces.clear();
        SortedSet<String> callers = callers(cluster);
        var facts = image.facts(cluster);
        state.putOnce(cluster, facts.gateway(), callers, renderer);
        return new CompiledCluster(
                cluster,
                image.position(),
                image.incarnation(),
                state.bundle(),
                state.answers(),
                state.calls(),
                state.findings(ClusterUnit.findings(cluster, facts, callers)));
    }

    private SortedSet<String> dirty(ClusterName cluster, ClusterState state) {
        SortedSet<String> hosts = new TreeSet<>(state.dirtyHosts);
        for (GnsName name : state.dirtyNamespaces) {
            GnsIndex index = indexes.get(name);
            GnsView view = index == null ? null : index.view(image, cluster);
            if (view == null) continue;
            for (String service : services.computeIfAbsent(view, each -> each.services(image))) {
                hosts.add(Hosts.host(service, view.domain()));
            }
        }
        return hosts;
    }

    private UnitOutput unit(ClusterName cluster, String host) {
        return Unit.compile(UnitInputs.read(image, cluster, host, view(cluster, host)), renderer);
    }

    private @Nullable ServiceView view(ClusterName cluster, String host) {
        String domain = Hosts.domain(host);
        for (GnsIndex index : withDomain(domain)) {
            GnsView gns = index.view(image, cluster);
            if (gns != null && gns.domain().equals(domain)) {
                return index.serviceView(image, gns, cluster, Hosts.service(host));
            }
        }
        return null;
    }

    private List<GnsIndex> withDomain(String domain) {
        return byDomain.getOrDefault(domain, new TreeSet<>()).stream()
                .map(this::index)
                .toList();
    }

    private SortedSet<String> callers(ClusterName cluster) {
        SortedSet<String> namespaces = new TreeSet<>();
        for (GnsName name : namespacesOf(cluster)) {
            GnsIndex index = indexes.get(name);
            GnsView view = index == null ? null : index.view(image, cluster);
            if (view != null) namespaces.addAll(view.namespaces(cluster));
        }
        return namespaces;
    }

    // ---- what entries touch

    private void changed(Changed e, TenantImage before, Marks marks) {
        for (Resource put : e.puts()) changed(e.revision(), put.key(), put, before, marks);
        for (ResourceKey key : e.tombstones()) changed(e.revision(), key, null, before, marks);
        for (GnsName name : e.memberships().keySet()) index(name).membershipChanged(e.revision());
    }

    private void changed(long revision, ResourceKey key, @Nullable Resource after, TenantImage before, Marks marks) {
        switch (key.kind()) {
            case CLUSTER -> clusterChanged(new ClusterName(key.name()), after == null, before, marks);
            case GLOBAL_NAMESPACE, TRAFFIC_ROUTE ->
                index(key.scope().gns().orElseThrow()).changed(before, revision, key, after);
        }
    }

    /** Labels of a cluster may change which services of it take part; with the cluster, its facts and names are gone. */
    private void clusterChanged(ClusterName cluster, boolean deleted, TenantImage before, Marks marks) {
        marks.clusters.add(cluster);
        for (GnsName name : namespacesOf(cluster)) {
            GnsIndex index = index(name);
            if (deleted || index.selectsServices()) marks.everything(name, index);
        }
        if (!deleted) return;
        // What it called, others need no longer keep; what it has itself must be compiled anew, if it comes back.
        for (Call call : before.acknowledged(cluster).calls())
            marks.at(call.callee(), call.name().host());
        states.remove(cluster);
    }

    private void released(Released e, TenantImage before, Marks marks) {
        GnsName name = e.scope().gns().orElse(null);
        if (name == null) return;
        GnsIndex index = index(name);
        GnsIndex.Pending touched = index.released(before.release(e.scope()), image.release(e.scope()));
        if (touched.everything) marks.everything(name, index);
        touched.services.forEach(service -> marks.service(index, service));
        Set<ClusterName> callersBefore = index.callers();
        Set<String> domainsBefore = index.domains();
        index.refresh(image);
        if (touched.everything) {
            remember(memberships, name, callersBefore, index.callers());
            remember(byDomain, name, domainsBefore, index.domains());
            marks.everything(name, index);
        }
        touched.services.forEach(service -> marks.service(index, service));
        if (index.isEmpty()) indexes.remove(name);
    }

    private void observed(ClusterName cluster, FactChange change, TenantImage before, Marks marks) {
        Set<ServiceId> services = new HashSet<>(change.servicePuts().keySet());
        services.addAll(change.serviceRemovals());
        for (ServiceId id : services) {
            marks.kept(cluster, id.name());
            for (GnsName name : namespacesOf(cluster)) {
                if (index(name).hasMember(cluster, id.namespace())) marks.service(index(name), id.name());
            }
        }
        if (change.gateway() != null || change.capabilities() != null) siteChanged(cluster, before, marks);
        if (change.namespacePuts().isEmpty() && change.namespaceRemovals().isEmpty()) return;
        for (GnsName name : namespacesOf(cluster)) {
            if (index(name).selectsServices()) marks.everything(name, index(name));
        }
    }

    /** Something changed that is read wherever back ends of this cluster are. */
    private void siteChanged(ClusterName cluster, TenantImage before, Marks marks) {
        marks.clusters.add(cluster);
        for (GnsName name : namespacesOf(cluster)) {
            GnsIndex index = index(name);
            for (GnsView view : index.views()) {
                view.services(before, cluster).forEach(service -> marks.service(index, service));
                view.services(image, cluster).forEach(service -> marks.service(index, service));
            }
            ClusterState state = states.get(cluster);
            if (state != null) state.dirtyNamespaces.add(name);
        }
        ClusterState state = states.get(cluster);
        if (state != null) state.dirtyHosts.addAll(state.units.keySet());
    }

    /** Liveness only decides about preferences, which only routes name. */
    private void livenessChanged(ClusterName cluster, Marks marks) {
        for (GnsName name : namespacesOf(cluster)) {
            GnsIndex index = index(name);
            for (GnsView view : index.views()) {
                for (String service : view.services(image, cluster)) {
                    if (index.hasRoute(service)) marks.service(index, service);
                }
            }
        }
    }

    private void acknowledged(Acknowledged e, Marks marks) {
        Set<String> hosts = new HashSet<>();
        e.answersGained().forEach(name -> hosts.add(name.host()));
        e.answersDropping().forEach(name -> hosts.add(name.host()));
        e.answersLost().forEach(name -> hosts.add(name.host()));
        for (String host : hosts) {
            marks.at(e.cluster(), host);
            marks.everywhere(host);
        }
        e.callsGained().forEach(call -> marks.at(call.callee(), call.name().host()));
        e.callsLost().forEach(call -> marks.at(call.callee(), call.name().host()));
    }

    /** A copy: marking may change what is known. */
    private List<GnsName> namespacesOf(ClusterName cluster) {
        SortedSet<GnsName> names = memberships.get(cluster);
        return names == null ? List.of() : List.copyOf(names);
    }

    private GnsIndex index(GnsName name) {
        GnsIndex index = indexes.get(name);
        return index == null ? add(name) : index;
    }

    private GnsIndex add(GnsName name) {
        GnsIndex index = new GnsIndex(name, image);
        indexes.put(name, index);
        remember(memberships, name, Set.of(), index.callers());
        remember(byDomain, name, Set.of(), index.domains());
        return index;
    }

    private static <K> void remember(Map<K, SortedSet<GnsName>> map, GnsName name, Set<K> before, Set<K> after) {
        for (K key : before) {
            SortedSet<GnsName> names = map.get(key);
            if (names == null || after.contains(key)) continue;
            names.remove(name);
            if (names.isEmpty()) map.remove(key);
        }
        for (K key : after) map.computeIfAbsent(key, k -> new TreeSet<>()).add(name);
    }

    /** Marks units, and collects the clusters that have them. */
    private final class Marks {
        private final Set<ClusterName> clusters = new HashSet<>();

        void at(ClusterName cluster, String host) {
            clusters.add(cluster);
            ClusterState state = states.get(cluster);
            if (state != null) state.dirtyHosts.add(host);
        }

        /** A service of a global namespace, in all clusters that see it. */
        void service(GnsIndex index, String service) {
            index.forget(service);
            for (String domain : index.domains()) {
                String host = Hosts.host(service, domain);
                for (ClusterName caller : index.callers()) at(caller, host);
            }
        }

        /** All services of a global namespace, those that were compiled before included. */
        void everything(GnsName name, GnsIndex index) {
            index.forgetAll();
            Set<String> domains = index.domains();
            for (ClusterName caller : index.callers()) {
                clusters.add(caller);
                ClusterState state = states.get(caller);
                if (state == null) continue;
                state.dirtyNamespaces.add(name);
                for (String host : state.units.keySet()) {
                    if (domains.contains(Hosts.domain(host))) state.dirtyHosts.add(host);
                }
            }
        }

        /** What one cluster keeps of a service that it may no longer be a member with. */
        void kept(ClusterName cluster, String service) {
            ClusterState state = states.get(cluster);
            if (state == null) return;
            for (String host : state.units.subMap(service + ".", service + "/").keySet()) at(cluster, host);
        }

        void everywhere(String host) {
            for (GnsIndex index : withDomain(Hosts.domain(host))) service(index, Hosts.service(host));
        }
    }
}
