package io.weft.hub.query.internal;

import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.delivery.DeliveryStatus.OfCluster;
import io.weft.hub.delivery.DeliveryStatus.State;
import io.weft.hub.resources.ResourceStatus;
import io.weft.hub.resources.RevisionLog;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.Member;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What delivery knows, as the status of resources and of revisions. */
public final class ClusterStatus implements ResourceStatus {
    private final DeliveryStatus delivery;
    private final RevisionLog revisions;

    private final ClusterViews views;
    private final ServiceCatalogue services;

    public ClusterStatus(
            DeliveryStatus delivery, RevisionLog revisions, ClusterViews views, ServiceCatalogue services) {
        this.delivery = delivery;
        this.revisions = revisions;
        this.views = views;
        this.services = services;
    }

    @Override
    public View view(TenantImage image) {
        return new Now(image.tenant());
    }

    private final class Now implements View {
        private final TenantId tenant;
        private final Look look;
        private final Map<Long, Collection<OfCluster>> byRevision = new HashMap<>();
        private @Nullable SortedMap<ClusterName, ClusterView> clusters;

        Now(TenantId tenant) {
            this.tenant = tenant;
            this.look = delivery.look(tenant);
        }

        private Collection<OfCluster> clusters(Resource resource) {
            // One that is not known here yet is released nowhere that this replica knows of.
            return byRevision.computeIfAbsent(
                    resource.metadata().revision(),
                    revision -> look.of(revisions.position(tenant, revision).orElse(Long.MAX_VALUE))
                            .values());
        }

        @Override
        public void addConditions(ObjectNode status, Resource resource) {
            Collection<OfCluster> clusters = clusters(resource);
            String time = resource.metadata().updatedAt().toString();
            reached(status, "Applied", clusters, state -> state == State.APPLIED || state == State.LIVE, time);
            reached(status, "Live", clusters, state -> state == State.LIVE, time);
            List<String> conflicts = new ArrayList<>();
            List<String> unsupported = new ArrayList<>();
            Set<String> problems = new HashSet<>();
            look.compiled()
                    .forEach((cluster, compiled) -> compiled.findings().stream()
                            .filter(finding -> finding.resource().equals(resource.key()))
                            .forEach(finding -> {
                                problems.add(finding.reason());
                                switch (finding) {
                                    case Finding.Conflicted f -> conflicts.add(cluster + ": " + f.message());
                                    case Finding.Unsupported f -> unsupported.add(cluster + ": " + f.message());
                                    case Finding.Warning f -> {} // shown with the cluster's objects
                                }
                            }));
            switch (resource) {
                case Resource.Cluster cluster -> addCluster(status, cluster);
                case Resource.GlobalNamespace gns -> addMembers(status, gns);
                case Resource.TrafficRoute route -> {} // has no more than conditions
            }
            status.put("problems", problems.size());
            if (!conflicts.isEmpty())
                condition(status, "Conflicted", true, "Found", String.join("; ", conflicts), time);
            if (!unsupported.isEmpty()) {
                condition(status, "Unsupported", true, "Found", String.join("; ", unsupported), time);
            }
        }

        private void addCluster(ObjectNode status, Resource.Cluster cluster) {
            if (clusters == null) clusters = views.of(look);
            ClusterView view = clusters.get(new ClusterName(cluster.key().name()));
            if (view != null) view.write(status);
        }

        private void addMembers(ObjectNode status, Resource.GlobalNamespace gns) {
            GnsName name = new GnsName(gns.key().name());
            SortedSet<Member> members = look.image().membership(name);
            status.putObject("members")
                    .put(
                            "clusters",
                            members.stream().map(Member::cluster).distinct().count())
                    .put("namespaces", members.size())
                    .put(
                            "services",
                            services.of(look.image())
                                    .getOrDefault(name, new TreeMap<>())
                                    .size());
        }

        @Override
        public void addClusters(ObjectNode status, Resource resource) {
            write(status.putArray("clusters"), clusters(resource));
        }
    }

    private static void reached(
            ObjectNode status, String type, Collection<OfCluster> clusters, Predicate<State> there, String time) {
        long reached = clusters.stream().filter(c -> there.test(c.state())).count();
        long refused = clusters.stream().filter(c -> c.state() == State.REFUSED).count();
        boolean all = reached == clusters.size();
        String reason = all ? "EveryCluster" : refused > 0 ? "Refused" : "SomeClustersWait";
        condition(status, type, all, reason, reached + " of " + clusters.size() + " clusters.", time);
    }

    private static void condition(
            ObjectNode status, String type, boolean holds, String reason, String message, String time) {
        ((ArrayNode) status.get("conditions"))
                .addObject()
                .put("type", type)
                .put("status", holds ? "True" : "False")
                .put("reason", reason)
                .put("message", message)
                .put("time", time);
    }

    /** Each cluster's state. */
    public static void write(ArrayNode out, Collection<OfCluster> clusters) {
        for (OfCluster cluster : clusters) {
            ObjectNode each = out.addObject();
            each.put("cluster", cluster.cluster().value());
            each.put("state", cluster.state().name().toLowerCase(Locale.ROOT));
            each.put("connected", cluster.connected());
            if (!cluster.reason().isEmpty()) each.put("reason", cluster.reason());
            if (!cluster.bundleVersion().isEmpty()) each.put("version", cluster.bundleVersion());
            ObjectNode refusals = each.putObject("refusals");
            cluster.refusals().forEach(refusals::put);
        }
    }
}
