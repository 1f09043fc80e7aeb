package io.weft.hub.query.internal.openapi;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TrafficRouteSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas from the records of specs; where the document's form is another than the record's, it says so here. */
final class RecordSchema {
    /** What must be given; everything else has a default. */
    private static final Map<Class<?>, Set<String>> REQUIRED = Map.of(
            GlobalNamespaceSpec.class, Set.of("domain", "members"),
            GlobalNamespaceSpec.MemberRule.class, Set.of("namespaceSelector"),
            TrafficRouteSpec.class, Set.of("target", "rules"),
            TrafficRouteSpec.Destination.class, Set.of("weight"),
            TrafficRouteSpec.Retries.class, Set.of("attempts"),
            TrafficRouteSpec.TextMatch.class, Set.of("value"),
            TrafficRouteSpec.NamedMatch.class, Set.of("name", "value"),
            Selector.Expression.class, Set.of("key", "operator"),
            Selector.Field.class, Set.of("field", "value"),
            NameMatch.class, Set.of("value"));

    private RecordSchema() {}

    static ObjectNode of(Type type) {
        if (type instanceof ParameterizedType parameterized) return ofGeneric(parameterized);
        if (!(type instanceof Class<?> raw)) throw new IllegalArgumentException("schema of " + type);
        if (raw == String.class) return typed("string");
        if (raw == ClusterName.class) return typed("string");
        if (raw == int.class || raw == long.class) return typed("integer");
        if (raw == boolean.class) return typed("boolean");
        if (raw == Duration.class) return typed("string").put("description", "10s, 5m, 500ms or ISO-8601");
        if (raw.isEnum()) return ofEnum(raw);
        if (raw == Selector.class) return ofSelector();
        if (raw == TrafficRouteSpec.NamedMatch.class) return ofNamedMatch();
        if (raw == TrafficRouteSpec.TextMatch.class) return ofTextMatch();
        if (raw.isRecord()) return ofRecord(raw);
        throw new IllegalArgumentException("schema of " + type);
    }

    private static ObjectNode ofGeneric(ParameterizedType type) {
        if (type.getRawType() == SortedMap.class) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", of(type.getActualTypeArguments()[1]));
            return schema;
        }
        ObjectNode schema = typed("array");
        schema.set("items", of(type.getActualTypeArguments()[0]));
        return schema;
    }

    private static ObjectNode ofEnum(Class<?> type) {
        ObjectNode schema = typed("string");
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) values.add(((Enum<?>) constant).name());
        return schema;
    }

    private static ObjectNode ofRecord(Class<?> type) {
        ObjectNode schema = typed("object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), of(component.getGenericType()));
        }
        Set<String> required = REQUIRED.getOrDefault(type, Set.of());
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .filter(required::contains)
                    .forEach(names::add);
        }
        return schema;
    }

    /** Labels and expressions, or a list of fields. */
    private static ObjectNode ofSelector() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode forms = schema.putArray("oneOf");
        ObjectNode labels = ofRecord(Selector.class);
        ((ObjectNode) labels.get("properties")).remove("fields");
        forms.add(labels);
        ObjectNode fields = typed("array");
        fields.set("items", ofRecord(Selector.Field.class));
        forms.add(fields);
        return schema;
    }

    /** The match beside the name, not below it. */
    private static ObjectNode ofNamedMatch() {
        ObjectNode schema = ofTextMatch();
        ((ObjectNode) schema.get("properties")).set("name", typed("string"));
        schema.putArray("required").add("name").add("value");
        return schema;
    }

    /** Of the ways to match a text, those that a mesh can express. */
    private static ObjectNode ofTextMatch() {
        ObjectNode schema = ofRecord(TrafficRouteSpec.TextMatch.class);
        ((ArrayNode) schema.at("/properties/op/enum"))
                .removeIf(op -> op.asString().equals(NameMatch.Op.Suffix.name()));
        return schema;
    }

    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
