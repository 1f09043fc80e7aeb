package io.weft.policy.validate;

import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whether a change makes sense together with everything else that is declared and observed. Says everything that speaks
 * against it, and nothing about what was so before: a change that leaves an older conflict alone is let through.
 */
public final class Judge {
    private final TenantImage before;
    private final TenantImage after;
    private final List<Objection> objections = new ArrayList<>();

    private Judge(TenantImage before, TenantImage after) {
        this.before = before;
        this.after = after;
    }

    /** Judges one change: all puts and deletes at once. Empty when nothing speaks against it. */
    public static List<Objection> judge(
            TenantImage image, Collection<? extends Resource> puts, Collection<ResourceKey> deletes) {
        Judge judge = new Judge(image, changed(image, puts, deletes));
        for (Resource put : puts) {
            switch (put) {
                case Resource.Cluster cluster -> {} // says nothing about other resources
                case Resource.GlobalNamespace gns -> GlobalNamespaceJudge.judge(judge, gns);
                case Resource.TrafficRoute route -> TrafficRouteJudge.judge(judge, route);
            }
        }
        for (ResourceKey delete : deletes) {
            switch (delete.kind()) {
                case CLUSTER -> judge.clusterDeleted(delete);
                case GLOBAL_NAMESPACE -> judge.globalNamespaceDeleted(delete);
                case TRAFFIC_ROUTE -> {} // nothing refers to a route
            }
        }
        if (puts.stream().anyMatch(put -> put.key().kind() != Kind.TRAFFIC_ROUTE)) SameNames.judge(judge, puts);
        return List.copyOf(judge.objections);
    }

    /** As if it were committed; membership is resolved where it is asked for. */
    private static TenantImage changed(
            TenantImage image, Collection<? extends Resource> puts, Collection<ResourceKey> deletes) {
        Changed change =
                new Changed(image.revision() + 1, "", List.copyOf(puts), new TreeSet<>(deletes), new TreeMap<>());
        return image.apply(LogCodec.seal(image.position() + 1, image.hash(), Instant.EPOCH, change));
    }

    TenantImage before() {
        return before;
    }

    TenantImage after() {
        return after;
    }

    void conflict(ResourceKey key, String pointer, String value, String message, String expected) {
        objections.add(new Objection(key, true, new Violation(pointer, json(value), message, expected)));
    }

    void senseless(ResourceKey key, String pointer, String value, String message, String expected) {
        objections.add(new Objection(key, false, new Violation(pointer, json(value), message, expected)));
    }

    private static String json(String value) {
        return JsonNodeFactory.instance.stringNode(value).toString();
    }

    /** Every route that is there after the change and splits to this cluster. */
    private void clusterDeleted(ResourceKey cluster) {
        List<String> routes = new ArrayList<>();
        after.resources(Kind.TRAFFIC_ROUTE).forEach((key, resource) -> {
            boolean names = resource instanceof Resource.TrafficRoute route
                    && TrafficRouteJudge.clusters(route).containsKey(cluster.name());
            if (names) routes.add(key.toString());
        });
        if (routes.isEmpty()) return;
        conflict(
                cluster,
                "/metadata/name",
                cluster.name(),
                "is named by " + String.join(", ", routes),
                "a cluster that no route names");
    }

    private void globalNamespaceDeleted(ResourceKey gns) {
        Optional<Resource> again = after.resource(gns);
        SortedSet<String> left = new TreeSet<>();
        after.newest(Scope.of(new GnsName(gns.name())))
                .filter(resource -> resource.key().kind().inGlobalNamespace())
                .forEach(resource -> left.add(resource.key().toString()));
        if (left.isEmpty() || again.isPresent()) return;
        conflict(
                gns,
                "/metadata/name",
                gns.name(),
                "still has " + String.join(", ", left),
                "a global namespace without resources, or these deleted with it");
    }
}
