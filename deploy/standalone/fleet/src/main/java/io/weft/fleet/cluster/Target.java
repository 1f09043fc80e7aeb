package io.weft.fleet.cluster;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a request names.
 *
 * @param namespace empty for the whole cluster; of a Namespace itself its own name, as for rights
 * @param inNamespace whether the path leads through a namespace
 */
record Target(
        String group,
        String version,
        String plural,
        String namespace,
        String name,
        String subresource,
        boolean inNamespace) {
    private static final Pattern BY_NAME = Pattern.compile("(?:^|,)metadata\\.name==?([^,]+)(?:,|$)");

    /** @param rest what follows group and version, at least one part */
    static Target of(String group, String version, List<String> rest) {
        boolean namespaces = group.isEmpty() && rest.getFirst().equals("namespaces");
        if (namespaces && rest.size() >= 3 && !rest.get(2).equals("status")) {
            return new Target(group, version, rest.get(2), rest.get(1), part(rest, 3), part(rest, 4), true);
        }
        String name = part(rest, 1);
        if (namespaces) return new Target(group, version, "namespaces", name, name, part(rest, 2), false);
        if (rest.size() >= 3 && rest.getFirst().equals("namespaces")) {
            return new Target(group, version, rest.get(2), rest.get(1), part(rest, 3), part(rest, 4), true);
        }
        return new Target(group, version, rest.getFirst(), "", name, part(rest, 2), false);
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    /** As roles write it. */
    String resource() {
        return subresource.isEmpty() ? plural : plural + "/" + subresource;
    }

    String verb(String method, Map<String, String> query) {
        boolean watch = List.of("true", "1").contains(query.getOrDefault("watch", ""));
        return switch (method) {
            case "GET" -> !name.isEmpty() ? "get" : watch ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> throw ApiProblem.notAllowed("the server does not allow this method on the requested resource");
        };
    }

    /** A list of the one object that a field selector names is a question about that object. */
    String namedBy(Map<String, String> query) {
        Matcher named = BY_NAME.matcher(query.getOrDefault("fieldSelector", ""));
        return named.find() ? named.group(1) : "";
    }
}
