package io.weft.hub.query.internal.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.InstanceItem;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.NodeItem;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.VersionItem;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of listed inventory, made from the messages of the protocol: as they are written as JSON. */
final class InventorySchemas {
    private InventorySchemas() {}

    static ObjectNode all() {
        Map<String, Descriptor> items = new LinkedHashMap<>();
        items.put("InventoryNamespace", NamespaceItem.getDescriptor());
        items.put("InventoryService", ServiceItem.getDescriptor());
        items.put("InventoryVersion", VersionItem.getDescriptor());
        items.put("InventoryInstance", InstanceItem.getDescriptor());
        items.put("InventoryNode", NodeItem.getDescriptor());
        items.put("InventoryGateway", GatewayItem.getDescriptor());
        items.put("InventoryMesh", MeshItem.getDescriptor());
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ObjectNode list = RecordSchema.typed("object");
        list.putArray("required").add("items").add("total");
        ObjectNode properties = list.putObject("properties");
        ObjectNode array = RecordSchema.typed("array");
        ArrayNode forms = array.putObject("items").putArray("anyOf");
        items.forEach((name, type) -> {
            forms.add(Schemas.reference(name));
            all.set(name, row(type));
        });
        properties.set("items", array);
        properties.set("total", RecordSchema.typed("integer"));
        properties.set("continue", RecordSchema.typed("string"));
        all.set("Inventory", list);
        return all;
    }

    private static ObjectNode row(Descriptor type) {
        ObjectNode schema = object(type);
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.set("cluster", RecordSchema.typed("string"));
        properties.set(
                "stale", RecordSchema.typed("boolean").put("description", "the brake holds what the cluster reports"));
        properties.set("changedAt", RecordSchema.typed("string").put("format", "date-time"));
        ((ArrayNode) schema.get("required")).add("cluster").add("stale").add("changedAt");
        return schema;
    }

    private static ObjectNode object(Descriptor type) {
        ObjectNode schema = RecordSchema.typed("object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (FieldDescriptor field : type.getFields()) {
            if (!field.hasPresence()) required.add(field.getJsonName());
            properties.set(field.getJsonName(), of(field));
        }
        return schema;
    }

    private static ObjectNode of(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode schema = RecordSchema.typed("object");
            schema.set("additionalProperties", single(field.getMessageType().findFieldByName("value")));
            return schema;
        }
        if (!field.isRepeated()) return single(field);
        ObjectNode schema = RecordSchema.typed("array");
        schema.set("items", single(field));
        return schema;
    }

    private static ObjectNode single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> RecordSchema.typed("integer");
            case FLOAT, DOUBLE -> RecordSchema.typed("number");
            case BOOLEAN -> RecordSchema.typed("boolean");
            case STRING, BYTE_STRING -> RecordSchema.typed("string");
            case MESSAGE -> object(field.getMessageType());
            case ENUM -> {
                ObjectNode schema = RecordSchema.typed("string");
                ArrayNode names = schema.putArray("enum");
                field.getEnumType().getValues().stream()
                        .map(EnumValueDescriptor::getName)
                        .forEach(names::add);
                yield schema;
            }
        };
    }
}
