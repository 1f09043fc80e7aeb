package io.weft.policy.validate;

import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a document {@code {apiVersion, kind, metadata, spec, status}}. What the server alone decides (generation,
 * revision, times, status) may stand in the document, as a client sends back what it got, and is ignored.
 */
public final class ResourceReader {
    public static final String API_VERSION = "weft.io/v1";

    /** Where the document says it belongs. */
    private record Named(
            String name,
            @Nullable String gns,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations) {}

    private ResourceReader() {}

    /** Reads a document that is put at a path: what it says of kind and names must agree with the path. */
    public static Document read(ResourceKey path, JsonNode document) {
        return read(document, path);
    }

    /** Reads a document that names itself. */
    public static Document read(JsonNode document) {
        return read(document, null);
    }

    private static Document read(JsonNode document, @Nullable ResourceKey path) {
        List<Violation> violations = new ArrayList<>();
        if (!document.isObject()) {
            return new Document.Refused(List.of(new Violation("", null, "is not an object", "a resource")));
        }
        Fields f = new Fields(document, "", violations);
        f.raw("status");
        String apiVersion = f.text("apiVersion", API_VERSION);
        if (!apiVersion.equals(API_VERSION)) f.violation("apiVersion", "is not known", API_VERSION);
        Kind kind = kind(f, path);
        Named named = f.object("metadata", ResourceReader::metadata);
        if (named == null) named = new Named("", null, new TreeMap<>(), new TreeMap<>());
        ResourceKey key = kind == null ? null : key(f, kind, named, path);
        Object spec = kind == null ? null : spec(f, kind);
        f.end();
        if (!violations.isEmpty() || key == null || spec == null) return new Document.Refused(violations);
        return new Document.Read(key, named.labels(), named.annotations(), spec);
    }

    private static @Nullable Kind kind(Fields f, @Nullable ResourceKey path) {
        String text = f.text("kind", path == null ? "" : path.kind().wireName());
        for (Kind kind : Kind.values()) {
            if (!kind.wireName().equals(text)) continue;
            if (path != null && path.kind() != kind) {
                f.violation("kind", "is another than the path's", path.kind().wireName());
                return path.kind();
            }
            return kind;
        }
        f.violation("kind", text.isEmpty() ? "is missing" : "is not built", kinds());
        return path == null ? null : path.kind();
    }

    private static String kinds() {
        List<String> names = new ArrayList<>();
        for (Kind kind : Kind.values()) names.add(kind.wireName());
        return String.join(", ", names);
    }

    private static Named metadata(Fields f) {
        for (String decided : List.of("generation", "revision", "createdAt", "updatedAt", "createdBy")) f.raw(decided);
        return new Named(
                f.text("name", ""),
                f.optionalText("globalNamespace"),
                f.labels("labels"),
                f.annotations("annotations"));
    }

    private static @Nullable ResourceKey key(Fields f, Kind kind, Named named, @Nullable ResourceKey path) {
        Fields metadata = new Fields(
                f.raw("metadata") == null ? JsonNodeFactory.instance.objectNode() : f.raw("metadata"),
                "/metadata",
                f.violations());
        if (path != null) {
            if (!named.name().isEmpty() && !named.name().equals(path.name())) {
                metadata.violation("name", "is another than the path's", path.name());
            }
            String gns = path.globalNamespace().map(GnsName::value).orElse(null);
            if (named.gns() != null && !named.gns().equals(gns)) {
                metadata.violation("globalNamespace", "is another than the path's", gns == null ? "none" : gns);
            }
            return path;
        }
        boolean good = true;
        if (!Labels.isName(named.name())) {
            metadata.violation("name", named.name().isEmpty() ? "is missing" : "is not a name", Labels.NAME);
            good = false;
        }
        String gns = named.gns();
        if (kind.inGlobalNamespace() && (gns == null || !Labels.isName(gns))) {
            metadata.violation("globalNamespace", gns == null ? "is missing" : "is not a name", Labels.NAME);
            good = false;
        }
        if (!kind.inGlobalNamespace() && gns != null) {
            metadata.violation("globalNamespace", "does not fit the kind", "none for " + kind.wireName());
            good = false;
        }
        if (!good) return null;
        return new ResourceKey(gns == null ? null : new GnsName(gns), kind, named.name());
    }

    private static @Nullable Object spec(Fields f, Kind kind) {
        if (!f.has("spec")) {
            if (kind == Kind.CLUSTER) {
                return SpecReader.cluster(new Fields(JsonNodeFactory.instance.objectNode(), "/spec", f.violations()));
            }
            f.violation("spec", "is missing", "an object");
            return null;
        }
        return switch (kind) {
            case CLUSTER -> f.object("spec", SpecReader::cluster);
            case GLOBAL_NAMESPACE -> f.object("spec", SpecReader::globalNamespace);
            case TRAFFIC_ROUTE -> f.object("spec", SpecReader::trafficRoute);
        };
    }
}
