package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ApiProblem.Cause;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an object must be, whatever its schema says: names, labels, how much it may hold. */
final class Validation {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern ROLE_NAME = Pattern.compile("[^/%]+");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String NAME_RULE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '" + NAME.pattern().replace("\\.", "\\.") + "')";
    private static final String VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters,"
                    + " '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',"
                    + "  or '12345', regex used for validation is '" + VALUE.pattern() + "')";

    private Validation() {}

    static void check(ResourceKind kind, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asString("");
        List<Cause> causes = new ArrayList<>();
        Pattern allowed = kind.group().startsWith("rbac.") ? ROLE_NAME : NAME;
        if (name.length() > LONGEST_NAME || !allowed.matcher(name).matches()) {
            causes.add(invalid("metadata.name", name, NAME_RULE));
        }
        for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
            String value = label.getValue().asString("");
            if (!KEY.matcher(label.getKey()).matches()) {
                causes.add(
                        invalid(
                                "metadata.labels",
                                label.getKey(),
                                "name part must consist of alphanumeric"
                                        + " characters, '-', '_' or '.', and must start and end with an alphanumeric character"));
            }
            if (value.length() > LONGEST_LABEL || !VALUE.matcher(value).matches()) {
                causes.add(invalid("metadata.labels", value, VALUE_RULE));
            }
        }
        causes.addAll(SchemaCheck.wrong(kind, object));
        if (kind.kind().equals("Secret") || kind.kind().equals("ConfigMap")) size(kind, object, causes);
        if (!causes.isEmpty()) throw ApiProblem.invalid(kind, name, causes);
    }

    private static Cause invalid(String field, String value, String rule) {
        return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + rule, field);
    }

    private static void size(ResourceKind kind, ObjectNode object, List<Cause> causes) {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
            String text = entry.getValue().asString("");
            bytes += kind.kind().equals("Secret") ? decoded(kind, text) : text.length();
        }
        if (bytes > MOST_BYTES) {
            causes.add(
                    new Cause("FieldValueTooLong", "Too long: may not be more than " + MOST_BYTES + " bytes", "data"));
        }
    }

    private static int decoded(ResourceKind kind, String text) {
        try {
            return Base64.getDecoder().decode(text).length;
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw ApiProblem.badRequest(kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a "
                + kind.kind() + ": illegal base64 data");
    }
}
