package io.weft.agent.apply;

import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.agent.platform.KubernetesApi.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Sorts the API server's refusals. Status and reason decide where they can; where they are the same for different
 * things (a webhook's no is a 403 like a missing right, a broken schema a 500 like a broken server) its text has to.
 */
final class ApiFailures {
    private ApiFailures() {}

    static ObjectFailure of(Answer answer) {
        JsonNode status = status(answer.body());
        String message = status.path("message").asString("HTTP " + answer.status());
        return new ObjectFailure(why(answer.status(), status, message), message);
    }

    private static Cause why(int code, JsonNode status, String message) {
        return switch (code) {
            case 400, 413, 415, 422 -> Cause.INVALID;
            case 401 -> Cause.FORBIDDEN;
            case 403 ->
                message.contains("admission webhook") || message.contains("ValidatingAdmissionPolicy")
                        ? Cause.INVALID
                        : Cause.FORBIDDEN;
            case 404 -> Cause.UNAVAILABLE; // a namespace that is not there yet
            case 409 -> conflictOfFields(status) ? Cause.CONFLICT : Cause.MOVED;
            case 500 -> brokenSchema(message) ? Cause.INVALID : Cause.UNAVAILABLE;
            default -> Cause.UNAVAILABLE;
        };
    }

    private static boolean conflictOfFields(JsonNode status) {
        for (JsonNode cause : status.path("details").path("causes")) {
            if (cause.path("reason").asString("").equals("FieldManagerConflict")) return true;
        }
        return false;
    }

    private static boolean brokenSchema(String message) {
        return message.contains("failed to create typed patch object")
                || message.contains("failed to create manager for existing fields")
                || message.contains("ValidationError");
    }

    private static JsonNode status(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
