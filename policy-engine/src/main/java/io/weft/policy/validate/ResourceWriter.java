package io.weft.policy.validate;

import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.Resource;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.NamedMatch;
import io.weft.policy.model.TrafficRouteSpec.Retries;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import io.weft.policy.model.TrafficRouteSpec.TextMatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a resource as the document that {@link ResourceReader} reads: what is written and read again is equal. What is
 * empty is left out; {@code status} is the caller's to add.
 */
public final class ResourceWriter {
    private ResourceWriter() {}

    public static ObjectNode write(Resource resource) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", ResourceReader.API_VERSION);
        document.put("kind", resource.key().kind().wireName());
        metadata(document.putObject("metadata"), resource);
        ObjectNode spec = document.putObject("spec");
        switch (resource) {
            case Resource.Cluster cluster -> cluster(spec, cluster.spec());
            case Resource.GlobalNamespace gns -> globalNamespace(spec, gns.spec());
            case Resource.TrafficRoute route -> trafficRoute(spec, route.spec());
        }
        return document;
    }

    private static void metadata(ObjectNode out, Resource resource) {
        Metadata metadata = resource.metadata();
        out.put("name", resource.key().name());
        resource.key().globalNamespace().ifPresent(gns -> out.put("globalNamespace", gns.value()));
        map(out, "labels", metadata.labels());
        map(out, "annotations", metadata.annotations());
        out.put("generation", metadata.generation());
        out.put("revision", metadata.revision());
        out.put("createdAt", metadata.createdAt().toString());
        out.put("updatedAt", metadata.updatedAt().toString());
        out.put("createdBy", metadata.createdBy());
    }

    private static void cluster(ObjectNode out, ClusterSpec spec) {
        text(out, "displayName", spec.displayName());
        text(out, "description", spec.description());
        map(out, "labels", spec.labels());
        text(out, "provider", spec.provider());
        text(out, "region", spec.region());
        text(out, "network", spec.network());
        out.put("meshKind", spec.meshKind().name());
        list(out, "namespaceInclusions", spec.namespaceInclusions(), ResourceWriter::nameMatch);
        list(out, "namespaceExclusions", spec.namespaceExclusions(), ResourceWriter::nameMatch);
    }

    private static void nameMatch(ObjectNode out, NameMatch match) {
        out.put("op", match.op().name()).put("value", match.value());
    }

    private static void globalNamespace(ObjectNode out, GlobalNamespaceSpec spec) {
        text(out, "displayName", spec.displayName());
        text(out, "description", spec.description());
        out.put("domain", spec.domain());
        list(out, "members", spec.members(), ResourceWriter::memberRule);
        out.put("mtls", spec.mtls().name());
        text(out, "color", spec.color());
    }

    private static void memberRule(ObjectNode out, MemberRule rule) {
        selector(out, "clusterSelector", rule.clusterSelector());
        selector(out, "namespaceSelector", rule.namespaceSelector());
        selector(out, "serviceSelector", rule.serviceSelector());
    }

    private static void selector(ObjectNode out, String name, Selector selector) {
        if (!selector.fields().isEmpty()) {
            list(
                    out,
                    name,
                    selector.fields(),
                    (o, f) -> o.put("field", f.field()).put("op", f.op().name()).put("value", f.value()));
            return;
        }
        ObjectNode object = out.putObject(name);
        map(object, "matchLabels", selector.matchLabels());
        list(object, "matchExpressions", selector.matchExpressions(), (o, e) -> {
            o.put("key", e.key()).put("operator", e.operator().name());
            if (!e.values().isEmpty()) e.values().forEach(o.putArray("values")::add);
        });
    }

    private static void trafficRoute(ObjectNode out, TrafficRouteSpec spec) {
        text(out, "description", spec.description());
        out.put("target", spec.target());
        list(out, "rules", spec.rules(), ResourceWriter::rule);
    }

    private static void rule(ObjectNode out, Rule rule) {
        text(out, "name", rule.name());
        list(out, "matches", rule.matches(), ResourceWriter::match);
        list(out, "split", rule.split(), ResourceWriter::destination);
        duration(out, "timeout", rule.timeout());
        Retries retries = rule.retries();
        if (retries == null) return;
        ObjectNode object = out.putObject("retries").put("attempts", retries.attempts());
        duration(object, "perTryTimeout", retries.perTryTimeout());
        optional(object, "on", retries.on());
    }

    private static void match(ObjectNode out, Match match) {
        TextMatch path = match.path();
        if (path != null) textMatch(out.putObject("path"), path);
        optional(out, "method", match.method());
        list(out, "headers", match.headers(), ResourceWriter::namedMatch);
        list(out, "queryParams", match.queryParams(), ResourceWriter::namedMatch);
    }

    private static void namedMatch(ObjectNode out, NamedMatch match) {
        textMatch(out.put("name", match.name()), match.value());
    }

    private static void textMatch(ObjectNode out, TextMatch match) {
        out.put("op", match.op().name()).put("value", match.value());
    }

    private static void destination(ObjectNode out, Destination destination) {
        optional(out, "version", destination.version());
        destination.optionalCluster().ifPresent(cluster -> out.put("cluster", cluster.value()));
        out.put("weight", destination.weight());
    }

    private static void text(ObjectNode out, String name, String value) {
        if (!value.isEmpty()) out.put(name, value);
    }

    private static void optional(ObjectNode out, String name, @Nullable String value) {
        if (value != null) out.put(name, value);
    }

    /** In the largest unit that leaves a whole number: {@code 10s}, {@code 1500ms}; anything finer as ISO-8601. */
    private static void duration(ObjectNode out, String name, @Nullable Duration duration) {
        if (duration == null) return;
        long millis = duration.toMillis();
        if (!Duration.ofMillis(millis).equals(duration)) out.put(name, duration.toString());
        else if (millis % 1_000 != 0) out.put(name, millis + "ms");
        else if (millis % 60_000 != 0) out.put(name, millis / 1_000 + "s");
        else if (millis % 3_600_000 != 0) out.put(name, millis / 60_000 + "m");
        else out.put(name, millis / 3_600_000 + "h");
    }

    private static void map(ObjectNode out, String name, Map<String, String> values) {
        if (values.isEmpty()) return;
        ObjectNode object = out.putObject(name);
        values.forEach(object::put);
    }

    private static <T> void list(ObjectNode out, String name, Collection<T> values, BiConsumer<ObjectNode, T> write) {
        if (values.isEmpty()) return;
        var array = out.putArray(name);
        List.copyOf(values).forEach(value -> write.accept(array.addObject(), value));
    }
}
