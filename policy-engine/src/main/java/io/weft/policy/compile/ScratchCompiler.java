package io.weft.policy.compile;

import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.Release;
import io.weft.policy.image.TenantImage;
import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.kind.trafficroute.Wishes;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.Scope;
import io.weft.policy.render.istio.IstioRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compiles a cluster from nothing but an image: no index, memo or cache. What the other compiler is held against. */
public final class ScratchCompiler {
    private final TenantImage image;
    private final ClusterName cluster;
    private final SortedMap<String, ServiceView> views = new TreeMap<>();
    private final SortedSet<String> callers = new TreeSet<>();

    private ScratchCompiler(TenantImage image, ClusterName cluster) {
        this.image = image;
        this.cluster = cluster;
    }

    public static CompiledCluster compile(TenantImage image, ClusterName cluster) {
        return new ScratchCompiler(image, cluster).compile();
    }

    private CompiledCluster compile() {
        image.gnsNames().forEach(this::read);
        SortedSet<String> hosts = new TreeSet<>(views.keySet());
        image.acknowledged(cluster).answers().forEach(name -> hosts.add(name.host()));
        IstioRenderer renderer = new IstioRenderer(image.hubId());
        List<BundleObject> objects = new ArrayList<>();
        SortedSet<GatewayName> answers = new TreeSet<>();
        SortedSet<Call> calls = new TreeSet<>();
        SortedSet<String> domains = new TreeSet<>();
        List<Finding> findings = new ArrayList<>(ClusterUnit.findings(cluster, image.facts(cluster), callers));
        for (String host : hosts) {
            UnitOutput unit = Unit.compile(UnitInputs.read(image, cluster, host, views.get(host)), renderer);
            objects.addAll(unit.objects());
            answers.addAll(unit.answers());
            calls.addAll(unit.calls());
            findings.addAll(unit.findings());
            if (unit.receives()) domains.add(Hosts.domain(host));
        }
        objects.addAll(ClusterUnit.objects(cluster, image.facts(cluster).gateway(), domains, callers, renderer));
        return new CompiledCluster(
                cluster, image.position(), image.incarnation(), Bundle.of(objects), answers, calls, findings);
    }

    private void read(GnsName name) {
        Scope scope = Scope.of(name);
        Optional<GnsView> view = GnsView.at(image, name, image.released(scope, cluster), null);
        if (view.isEmpty() || view.get().namespaces(cluster).isEmpty()) return;
        callers.addAll(view.get().namespaces(cluster));
        SortedSet<ClusterName> everyCaller = new TreeSet<>();
        SortedMap<String, SortedSet<VersionPreference>> both = new TreeMap<>();
        for (long revision : revisions(image.release(scope))) {
            GnsView.at(image, name, revision, null)
                    .ifPresent(v -> everyCaller.addAll(v.namespaces().keySet()));
            routes(scope, revision)
                    .forEach((target, routes) ->
                            routes.forEach(route -> both.computeIfAbsent(target, t -> new TreeSet<>())
                                    .addAll(Wishes.of(route.spec()).both())));
        }
        var routes = routes(scope, image.released(scope, cluster));
        for (String service : view.get().services(image)) {
            ServiceView serviceView = ServiceViews.read(
                    image,
                    view.get(),
                    service,
                    routes.getOrDefault(service, List.of()),
                    everyCaller,
                    both.getOrDefault(service, new TreeSet<>()));
            views.putIfAbsent(serviceView.host(), serviceView);
        }
    }

    private static SortedSet<Long> revisions(Release release) {
        SortedSet<Long> revisions = new TreeSet<>(release.exceptions().values());
        revisions.add(release.base());
        return revisions;
    }

    private SortedMap<String, List<Resource.TrafficRoute>> routes(Scope scope, long revision) {
        SortedMap<String, List<Resource.TrafficRoute>> routes = new TreeMap<>();
        for (Resource resource : image.resourcesAt(scope, revision).values()) {
            if (resource instanceof Resource.TrafficRoute route) {
                routes.computeIfAbsent(route.spec().target(), t -> new ArrayList<>())
                        .add(route);
            }
        }
        return routes;
    }
}
