package io.weft.hub.query.internal.openapi;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The whole description. */
public final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    /** What each parameter of a query or header means. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("limit", "how many at most, 1 to 1000; 100 if not given"),
            Map.entry("continue", "what the page before answered"),
            Map.entry("labelSelector", "as in Kubernetes: a=b, a!=b, a, !a, a in (b,c), a notin (b,c), by comma"),
            Map.entry("fieldSelector", "spec.field=value or !=, by comma"),
            Map.entry("sort", "name, createdAt, updatedAt or revision; with - before it for the other way"),
            Map.entry("dryRun", "true: answer what would be, store nothing"),
            Map.entry("chain", "done or refused"),
            Map.entry("token", "a join token of this cluster"),
            Map.entry("version", "of the bundle"),
            Map.entry("namespace", "only of this namespace"),
            Map.entry("globalNamespace", "only of this global namespace"),
            Map.entry("q", "only what has this text in one of its names, whatever the case"),
            Map.entry("resource", "only what changed this one: Kind/global-namespace-or-empty/name"),
            Map.entry("cascade", "true: with everything that is in it, as one change"),
            Map.entry("force", "true: also what was changed since"),
            Map.entry("cluster", "only of this cluster"),
            Map.entry("If-Match", "only if the resource has this ETag"),
            Map.entry("If-None-Match", "*: only if there is no such resource"),
            Map.entry("Last-Event-ID", "goes on after this event"),
            Map.entry("Idempotency-Key", "a repeated request with the same key answers as the first did"));

    private OpenApi() {}

    public static ObjectNode document(String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Weft").put("version", version);
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : Operations.all()) {
            ObjectNode path =
                    paths.get(operation.path()) instanceof ObjectNode there ? there : paths.putObject(operation.path());
            describe(path.putObject(operation.method()), operation);
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", Schemas.all());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "an API token, or a token of the OpenID Connect issuer");
        document.putArray("security").addObject().putArray("bearer");
        return document;
    }

    private static void describe(ObjectNode out, Operation operation) {
        out.put("summary", operation.summary());
        if (operation.path().endsWith("/openapi.json")) out.putArray("security");
        parameters(out, operation);
        String body = operation.body();
        if (body != null) content(out.putObject("requestBody"), body);
        ObjectNode responses = out.putObject("responses");
        ObjectNode success =
                responses.putObject(Integer.toString(operation.status())).put("description", "done");
        String answer = operation.answer();
        if ("Stream".equals(answer)) success.putObject("content").putObject("text/event-stream");
        else if (answer != null) content(success, answer);
        ObjectNode problem = responses.putObject("default").put("description", "a problem");
        problem.putObject("content").putObject("application/problem+json").set("schema", Schemas.reference("Problem"));
    }

    private static void parameters(ObjectNode out, Operation operation) {
        ArrayNode parameters = out.putArray("parameters");
        Matcher variables = VARIABLE.matcher(operation.path());
        while (variables.find()) {
            parameter(parameters, variables.group(1), "path").put("required", true);
        }
        for (String parameter : operation.parameters()) {
            int own = parameter.indexOf('=');
            String name = own < 0 ? parameter : parameter.substring(0, own);
            String meaning = own < 0 ? PARAMETERS.get(name) : parameter.substring(own + 1);
            if (meaning == null) throw new IllegalStateException("parameter " + name + " is not described");
            parameter(parameters, name, Character.isUpperCase(name.charAt(0)) ? "header" : "query")
                    .put("description", meaning);
        }
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private static void content(ObjectNode out, String schema) {
        ObjectNode content = out.putObject("content");
        if (!schema.equals("Manifest")) {
            content.putObject("application/json").set("schema", Schemas.reference(schema));
        }
        content.putObject("application/yaml").set("schema", Schemas.reference(schema));
    }
}
