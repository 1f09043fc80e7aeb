package io.weft.fleet.cluster;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An answer that is no: what Kubernetes calls a Status. */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String MOVED =
            "the object has been modified; please apply your changes to the latest version" + " and try again";

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    /** One of several things that are wrong. */
    record Cause(String reason, String message, String field) {}

    private ApiProblem(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    private static ApiProblem of(int code, String reason, String message) {
        return new ApiProblem(code, reason, message, JsonMapper.shared().createObjectNode());
    }

    private static ApiProblem of(int code, String reason, String message, String name, String group, String kind) {
        ApiProblem problem = of(code, reason, message);
        if (!name.isEmpty()) problem.details.put("name", name);
        if (!group.isEmpty()) problem.details.put("group", group);
        problem.details.put("kind", kind);
        return problem;
    }

    int code() {
        return code;
    }

    static ApiProblem badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiProblem unauthorized() {
        return of(401, "Unauthorized", "Unauthorized");
    }

    static ApiProblem forbidden(String group, String resource, String name, String message) {
        return of(403, "Forbidden", message, name, group, resource);
    }

    static ApiProblem notFound(ResourceKind kind, String name) {
        return of(404, "NotFound", quoted(kind, name) + " not found", name, kind.group(), kind.plural());
    }

    static ApiProblem alreadyExists(ResourceKind kind, String name) {
        return of(409, "AlreadyExists", quoted(kind, name) + " already exists", name, kind.group(), kind.plural());
    }

    static ApiProblem moved(ResourceKind kind, String name) {
        return cannotBeFulfilled(kind, name, kind.resource(), kind.plural(), MOVED);
    }

    /** @param called how the message names what {@code name} is */
    static ApiProblem cannotBeFulfilled(ResourceKind kind, String name, String called, String detail, String why) {
        String message = "Operation cannot be fulfilled on " + called + " \"" + name + "\": " + why;
        return of(409, "Conflict", message, name, kind.group(), detail);
    }

    static ApiProblem conflicts(String message, List<Cause> causes) {
        return of(409, "Conflict", message).with(causes);
    }

    static ApiProblem invalid(ResourceKind kind, String name, List<Cause> causes) {
        List<String> said = causes.stream()
                .map(each -> each.field() + ": " + each.message())
                .toList();
        String list = said.size() == 1 ? said.getFirst() : "[" + String.join(", ", said) + "]";
        String message = kind.qualifiedKind() + " \"" + name + "\" is invalid: " + list;
        return of(422, "Invalid", message, name, kind.group(), kind.kind()).with(causes);
    }

    static ApiProblem unprocessable(String message) {
        return of(422, "Invalid", message);
    }

    static ApiProblem tooLarge(int limit) {
        return of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    static ApiProblem unsupported(String accepted) {
        return of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    static ApiProblem expired(String message) {
        return of(410, "Expired", message);
    }

    static ApiProblem notAllowed(String message) {
        return of(405, "MethodNotAllowed", message);
    }

    /** A 500 without a reason, as the real one gives for patches that its schema has no word for. */
    static ApiProblem failed(String message) {
        return of(500, "", message);
    }

    private static String quoted(ResourceKind kind, String name) {
        return kind.resource() + " \"" + name + "\"";
    }

    private ApiProblem with(List<Cause> causes) {
        var array = details.putArray("causes");
        causes.forEach(each -> array.addObject()
                .put("reason", each.reason())
                .put("message", each.message())
                .put("field", each.field()));
        return this;
    }

    ObjectNode status() {
        ObjectNode status = JsonMapper.shared().createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage());
        if (!reason.isEmpty()) status.put("reason", reason);
        if (!details.isEmpty()) status.set("details", details);
        return status.put("code", code);
    }
}
