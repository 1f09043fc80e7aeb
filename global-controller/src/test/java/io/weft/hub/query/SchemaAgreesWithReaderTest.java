package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.ResourceReader;
import io.weft.policy.validate.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the schema of a kind says that a document may hold is what the reader takes. The reader is asked: about a field
 * that nobody knows it answers which ones it does.
 */
class SchemaAgreesWithReaderTest {
    private static final String UNKNOWN = "unknown-probe";
    /** Forms of a oneOf. */
    private static final int MOST_FORMS = 2;

    private final JsonNode schemas = RunningHub.json(RunningHub.shared().get(null, "/api/v1/openapi.json"))
            .at("/components/schemas");

    /** A document with every field of the schema, and in each object one that nobody knows. */
    private final class Sample {
        final ObjectNode document;
        /** What the schema has in each object that the reader looks into, by pointer. */
        final SortedMap<String, JsonNode> objects = new TreeMap<>();
        /** Places with a choice, by pointer. */
        final SortedMap<String, JsonNode> choices = new TreeMap<>();

        private final int form;

        Sample(Kind kind, int form) {
            this.form = form;
            this.document = (ObjectNode) value(schemas.get(kind.wireName()), "");
        }

        private JsonNode value(JsonNode schema, String at) {
            if (schema.has("$ref")) {
                String name = schema.get("$ref").stringValue();
                return value(schemas.get(name.substring(name.lastIndexOf('/') + 1)), at);
            }
            if (schema.has("const")) return schema.get("const");
            if (schema.has("enum")) {
                choices.put(at, schema.get("enum"));
                return schema.get("enum").get(0);
            }
            JsonNode forms = schema.get("oneOf");
            if (forms != null) return value(forms.get(form % forms.size()), at);
            return switch (schema.path("type").asString("object")) {
                case "object" -> object(schema, at);
                case "array" -> RunningHub.JSON.createArrayNode().add(value(schema.get("items"), at + "/0"));
                case "integer" -> RunningHub.JSON.getNodeFactory().numberNode(1);
                default -> RunningHub.JSON.getNodeFactory().stringNode("a");
            };
        }

        private ObjectNode object(JsonNode schema, String at) {
            ObjectNode object = RunningHub.JSON.createObjectNode();
            JsonNode properties = schema.get("properties");
            // What the hub says of itself is not looked into when somebody sends it back.
            if (properties == null || schema.has("readOnly")) return object;
            objects.put(at, schema);
            properties.properties().forEach(p -> object.set(p.getKey(), value(p.getValue(), at + "/" + p.getKey())));
            return object.put(UNKNOWN, 1);
        }
    }

    private static List<Violation> read(Kind kind, JsonNode document) {
        GnsName gns = kind.inGlobalNamespace() ? new GnsName("a") : null;
        return switch (ResourceReader.read(new ResourceKey(gns, kind, "a"), document)) {
            case Document.Read read -> List.of();
            case Document.Refused refused -> refused.violations();
        };
    }

    private static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.get("properties").propertyNames().forEach(names::add);
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldOfTheSchemaIsTakenAndEveryFieldThatIsTakenIsInTheSchema(Kind kind) {
        List<String> differences = new ArrayList<>();
        for (int form = 0; form < MOST_FORMS; form++) {
            Sample sample = new Sample(kind, form);
            SortedMap<String, Set<String>> known = known(read(kind, sample.document));
            sample.objects.forEach((at, schema) -> {
                Set<String> taken = known.getOrDefault(at, Set.of());
                for (String name : names(schema)) {
                    if (!taken.contains(name)) differences.add("only in the schema: " + at + "/" + name);
                }
                for (String name : taken) {
                    if (!names(schema).contains(name) && isBuilt(kind, sample, at, name)) {
                        differences.add("only taken: " + at + "/" + name);
                    }
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    private static SortedMap<String, Set<String>> known(List<Violation> violations) {
        SortedMap<String, Set<String>> known = new TreeMap<>();
        for (Violation each : violations) {
            if (!each.pointer().endsWith("/" + UNKNOWN)) continue;
            String at = each.pointer().substring(0, each.pointer().length() - UNKNOWN.length() - 1);
            known.put(at, new TreeSet<>(Arrays.asList(each.expected().split(", "))));
        }
        return known;
    }

    /** The reader also knows what it refuses because it is not built yet. */
    private static boolean isBuilt(Kind kind, Sample sample, String at, String name) {
        ObjectNode document = sample.document.deepCopy();
        ((ObjectNode) document.at(JsonPointer.compile(at))).put(name, "a");
        return read(kind, document).stream()
                .noneMatch(
                        v -> v.pointer().equals(at + "/" + name) && v.message().equals("is not built yet"));
    }

    @ParameterizedTest
    @EnumSource
    void everyChoiceOfTheSchemaIsTaken(Kind kind) {
        List<String> differences = new ArrayList<>();
        for (int form = 0; form < MOST_FORMS; form++) {
            Sample sample = new Sample(kind, form);
            sample.choices.forEach((at, choices) -> choices.forEach(choice -> {
                ObjectNode document = sample.document.deepCopy();
                JsonPointer pointer = JsonPointer.compile(at);
                ((ObjectNode) document.at(pointer.head())).set(pointer.last().getMatchingProperty(), choice);
                if (complains(kind, document, at)) differences.add(at + ": " + choice);
            }));
        }
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSchemaRequiresIsWhatTheReaderMisses(Kind kind) {
        List<String> differences = new ArrayList<>();
        for (int form = 0; form < MOST_FORMS; form++) {
            Sample sample = new Sample(kind, form);
            // What surrounds the spec is the path's business where a resource is put at its path.
            sample.objects
                    .tailMap("/spec")
                    .forEach((at, schema) -> names(schema).forEach(name -> {
                        ObjectNode document = sample.document.deepCopy();
                        ((ObjectNode) document.at(JsonPointer.compile(at))).remove(name);
                        boolean required = schema.has("required")
                                && ((ArrayNode) schema.get("required"))
                                        .valueStream()
                                        .anyMatch(each -> each.stringValue().equals(name));
                        boolean missed = read(kind, document).stream()
                                .anyMatch(v -> v.pointer().equals(at + "/" + name)
                                        && (v.message().equals("is missing")
                                                || v.message().equals("has no rule")));
                        if (required != missed) differences.add(at + "/" + name + ": required " + required);
                    }));
        }
        assertThat(differences).isEmpty();
    }

    private static boolean complains(Kind kind, JsonNode document, String at) {
        return read(kind, document).stream().anyMatch(v -> v.pointer().equals(at));
    }
}
