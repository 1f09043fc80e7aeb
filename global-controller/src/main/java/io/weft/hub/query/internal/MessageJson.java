package io.weft.hub.query.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages of the protocol as JSON, by their fields' names in camel case; a message that is not set is left out. */
public final class MessageJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MessageJson() {}

    public static ObjectNode of(Message message) {
        ObjectNode out = JSON.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.hasPresence() && !message.hasField(field)) continue;
            out.set(field.getJsonName(), value(field, message.getField(field)));
        }
        return out;
    }

    private static JsonNode value(FieldDescriptor field, Object value) {
        if (field.isMapField()) return map(field, (List<?>) value);
        if (!field.isRepeated()) return single(value);
        ArrayNode array = JSON.arrayNode();
        ((List<?>) value).forEach(each -> array.add(single(each)));
        return array;
    }

    private static ObjectNode map(FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByName("key");
        FieldDescriptor value = field.getMessageType().findFieldByName("value");
        ObjectNode out = JSON.objectNode();
        for (Object entry : entries) {
            Message pair = (Message) entry;
            out.set(String.valueOf(pair.getField(key)), single(pair.getField(value)));
        }
        return out;
    }

    private static JsonNode single(Object value) {
        return switch (value) {
            case Message message -> of(message);
            case String text -> JSON.stringNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case EnumValueDescriptor constant -> JSON.stringNode(constant.getName());
            case ByteString bytes -> JSON.stringNode(HexFormat.of().formatHex(bytes.toByteArray()));
            default -> JSON.stringNode(value.toString());
        };
    }
}
