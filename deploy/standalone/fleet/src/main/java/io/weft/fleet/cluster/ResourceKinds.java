package io.weft.fleet.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All kinds that there are, the same in every cluster, and how they are told to who asks for them. */
final class ResourceKinds {
    private static final String METADATA = """
            {"name": "string", "generateName": "string", "namespace": "string", "selfLink": "string", "uid": "string",
             "resourceVersion": "string", "generation": "integer", "creationTimestamp": "string",
             "deletionTimestamp": "string", "deletionGracePeriodSeconds": "integer", "labels": {"*": "string"},
             "annotations": {"*": "string"}, "ownerReferences": ["any", {"keys": ["uid"]}], "finalizers": ["string"],
             "managedFields": "any"}""";
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    static final List<ResourceKind> ALL = load();

    private ResourceKinds() {}

    static Optional<ResourceKind> ofPlural(String group, String version, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group().equals(group)
                        && kind.version().equals(version)
                        && kind.plural().equals(plural))
                .findFirst();
    }

    static Optional<ResourceKind> ofKind(String apiVersion, String name) {
        return ALL.stream()
                .filter(kind -> kind.kind().equals(name) && kind.apiVersion().equals(apiVersion))
                .findFirst();
    }

    private static List<ResourceKind> load() {
        JsonNode istio = read("istio.json");
        Shape metadata = Shape.of(JsonMapper.shared().readTree(METADATA));
        List<ResourceKind> kinds = new ArrayList<>();
        for (JsonNode each : read("kinds.json")) {
            boolean custom = each.path("custom").asBoolean(false);
            String name = each.path("kind").asString();
            Map<String, Shape> fields = new LinkedHashMap<>();
            fields.put("apiVersion", new Shape.Scalar("string", List.of()));
            fields.put("kind", new Shape.Scalar("string", List.of()));
            fields.put("metadata", metadata);
            if (custom) {
                fields.put("spec", Shape.of(istio.path(name)));
                fields.put("status", Shape.ANYTHING);
            } else {
                for (var field : each.path("fields").properties()) {
                    fields.put(field.getKey(), Shape.of(field.getValue()));
                }
            }
            Set<String> required = each.path("required").asBoolean(false) ? Set.of("spec") : Set.of();
            kinds.add(new ResourceKind(
                    each.path("group").asString(""),
                    each.path("version").asString(),
                    name,
                    each.path("plural").asString(),
                    !each.path("scope").asString("").equals("cluster"),
                    each.path("status").asBoolean(false),
                    custom,
                    new Shape.Struct(fields, required)));
        }
        return List.copyOf(kinds);
    }

    private static JsonNode read(String name) {
        try (InputStream in = ResourceKinds.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("resource " + name + " is missing");
            return JsonMapper.shared().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kinds of one group and version; empty where there are none. */
    static Optional<ObjectNode> discovery(String group, String version) {
        ObjectNode list = JsonMapper.shared().createObjectNode();
        list.put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        var resources = list.putArray("resources");
        for (ResourceKind kind : ALL) {
            if (!kind.group().equals(group) || !kind.version().equals(version)) continue;
            ObjectNode entry = resources.addObject().put("name", kind.plural());
            entry.put("singularName", kind.kind().toLowerCase(Locale.ROOT));
            entry.put("namespaced", kind.namespaced()).put("kind", kind.kind());
            VERBS.forEach(entry.putArray("verbs")::add);
            if (kind.status()) {
                ObjectNode status = resources.addObject().put("name", kind.plural() + "/status");
                status.put("singularName", "").put("namespaced", kind.namespaced());
                status.put("kind", kind.kind());
                status.putArray("verbs").add("get").add("patch").add("update");
            }
        }
        return resources.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    static ObjectNode groups() {
        ObjectNode list = JsonMapper.shared().createObjectNode();
        list.put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        ALL.stream()
                .map(ResourceKind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .forEach(group -> group(groups.addObject(), group));
        return list;
    }

    private static void group(ObjectNode node, String group) {
        node.put("name", group);
        List<String> versions = ALL.stream()
                .filter(kind -> kind.group().equals(group))
                .map(ResourceKind::version)
                .distinct()
                .toList();
        var array = node.putArray("versions");
        versions.forEach(each ->
                array.addObject().put("groupVersion", group + "/" + each).put("version", each));
        node.putObject("preferredVersion")
                .put("groupVersion", group + "/" + versions.getFirst())
                .put("version", versions.getFirst());
    }
}
