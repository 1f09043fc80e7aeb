package io.weft.hub.query.internal;

import io.weft.policy.compile.GlobalServices;
import io.weft.policy.image.Member;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.Judge;
import io.weft.policy.validate.Objection;
import io.weft.policy.validate.ResourceReader;
import io.weft.policy.validate.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a global namespace that is being written would have as members, and what speaks against it. A function of the image.
 *
 * @param members names of services by cluster and namespace; those that the rules select as far as they can be read
 * @param conflicts with what is there
 * @param violations of the document itself, and rules that catch nothing
 */
public record GlobalNamespacePreview(
        SortedMap<Member, SortedSet<String>> members, List<Violation> conflicts, List<Violation> violations) {
    /** Takes the place of a domain that is not there yet; of a name that nobody can have. */
    private static final String NO_DOMAIN = "draft.invalid";

    public static GlobalNamespacePreview of(TenantImage image, JsonNode draft) {
        if (!draft.isObject()) {
            return new GlobalNamespacePreview(
                    new TreeMap<>(),
                    List.of(),
                    List.of(new Violation("", null, "is not an object", "a GlobalNamespace")));
        }
        ObjectNode document = (ObjectNode) draft.deepCopy();
        if (!document.has("kind")) document.put("kind", Kind.GLOBAL_NAMESPACE.wireName());
        List<Violation> violations = new ArrayList<>();
        if (ResourceReader.read(document) instanceof Document.Refused refused) violations.addAll(refused.violations());
        ResourceKey key = key(image, document);
        Optional<GlobalNamespaceSpec> whole = read(key, document);
        Optional<GlobalNamespaceSpec> spec = whole.isPresent() ? whole : read(key, readable(key, document));
        if (spec.isEmpty()) return new GlobalNamespacePreview(new TreeMap<>(), List.of(), violations);
        List<Violation> conflicts = new ArrayList<>();
        for (Objection objection : objections(image, key, spec.get())) {
            String pointer = objection.violation().pointer();
            if (whole.isEmpty() && pointer.equals("/spec/domain")) continue;
            (objection.conflict() ? conflicts : violations).add(objection.violation());
        }
        return new GlobalNamespacePreview(GlobalServices.preview(image, spec.get()), conflicts, violations);
    }

    private static List<Objection> objections(TenantImage image, ResourceKey key, GlobalNamespaceSpec spec) {
        Metadata metadata =
                new Metadata(new TreeMap<>(), new TreeMap<>(), 1, 1, Instant.EPOCH, Instant.EPOCH, "preview");
        return Judge.judge(image, List.of(new Resource.GlobalNamespace(key, metadata, spec)), List.of());
    }

    /** By the name that the draft has, or one that is free. */
    private static ResourceKey key(TenantImage image, ObjectNode document) {
        try {
            return ResourceKey.globalNamespace(document.at("/metadata/name").stringValue(""));
        } catch (IllegalArgumentException noName) {
            String free = "draft";
            while (image.resource(ResourceKey.globalNamespace(free)).isPresent()) free += "-x";
            return ResourceKey.globalNamespace(free);
        }
    }

    private static Optional<GlobalNamespaceSpec> read(ResourceKey key, ObjectNode document) {
        ObjectNode named = document.deepCopy();
        if (named.get("metadata") instanceof ObjectNode metadata) metadata.put("name", key.name());
        return ResourceReader.read(key, named) instanceof Document.Read read
                        && read.spec() instanceof GlobalNamespaceSpec spec
                ? Optional.of(spec)
                : Optional.empty();
    }

    /** What can be shown of a draft of which other fields are missing or wrong: the rules that can be read. */
    private static ObjectNode readable(ResourceKey key, ObjectNode document) {
        List<JsonNode> rules = new ArrayList<>();
        if (document.at("/spec/members") instanceof ArrayNode members) {
            members.forEach(rule -> {
                if (read(key, only(document, List.of(rule))).isPresent()) rules.add(rule);
            });
        }
        return only(document, rules);
    }

    private static ObjectNode only(ObjectNode document, List<JsonNode> rules) {
        ObjectNode out = document.objectNode();
        ArrayNode members = out.putObject("spec").put("domain", NO_DOMAIN).putArray("members");
        rules.forEach(members::add);
        return out;
    }

    /** As it is answered. */
    public void write(ObjectNode out) {
        SortedSet<String> names = new TreeSet<>();
        members.values().forEach(names::addAll);
        out.put("services", names.size());
        var clusters = out.putArray("clusters");
        SortedMap<ClusterName, SortedMap<String, SortedSet<String>>> byCluster = new TreeMap<>();
        members.forEach((member, services) -> byCluster
                .computeIfAbsent(member.cluster(), c -> new TreeMap<>())
                .put(member.namespace(), services));
        byCluster.forEach((cluster, namespaces) -> {
            ObjectNode each = clusters.addObject().put("cluster", cluster.value());
            each.put(
                    "services",
                    namespaces.values().stream().mapToInt(SortedSet::size).sum());
            var list = each.putArray("namespaces");
            namespaces.forEach((name, services) -> {
                var of = list.addObject().put("name", name).putArray("services");
                services.forEach(of::add);
            });
        });
        var collisions = out.putArray("conflicts");
        conflicts.forEach(each -> collisions
                .addObject()
                .put("pointer", each.pointer())
                .put("message", each.message())
                .put("expected", each.expected()));
        var wrong = out.putArray("violations");
        violations.forEach(each -> {
            ObjectNode violation = wrong.addObject().put("pointer", each.pointer());
            if (each.value() != null) violation.put("value", each.value());
            violation.put("message", each.message()).put("expected", each.expected());
        });
    }
}
