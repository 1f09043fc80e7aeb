package io.weft.fleet.cluster;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Who may do what, by the roles and bindings that the cluster holds. Those of the system itself are not among them. */
final class Rights {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final ObjectStore store;

    Rights(ObjectStore store) {
        this.store = store;
    }

    /**
     * @param resource with its subresource, as in a role
     * @param namespace empty for the whole cluster
     * @param name empty for none
     */
    record Question(String verb, String group, String resource, String namespace, String name) {}

    void check(Caller caller, Question question) {
        if (allowed(caller, question)) return;
        String plain = question.resource().replaceAll("/.*", "");
        String qualified = question.group().isEmpty() ? plain : plain + "." + question.group();
        String where = question.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + question.namespace() + "\"";
        String message = qualified + (question.name().isEmpty() ? "" : " \"" + question.name() + "\"")
                + " is forbidden: User \"" + caller.name() + "\" cannot " + question.verb() + " resource \""
                + question.resource() + "\" in API group \"" + question.group() + "\"" + where;
        throw ApiProblem.forbidden(question.group(), plain, question.name(), message);
    }

    private boolean allowed(Caller caller, Question question) {
        if (caller.mayAll()) return true;
        if (bound("clusterrolebindings", "", caller).anyMatch(binding -> allows(binding, "", question))) return true;
        return !question.namespace().isEmpty()
                && bound("rolebindings", question.namespace(), caller)
                        .anyMatch(binding -> allows(binding, question.namespace(), question));
    }

    private Stream<JsonNode> bound(String plural, String namespace, Caller caller) {
        return objects(plural, namespace)
                .filter(binding -> stream(binding.path("subjects")).anyMatch(subject -> is(subject, caller)));
    }

    private Stream<JsonNode> objects(String plural, String namespace) {
        ResourceKind kind = ResourceKinds.ofPlural(GROUP, "v1", plural).orElseThrow();
        return store.list(kind, namespace).objects().stream().map(StoredObject::object);
    }

    private static boolean is(JsonNode subject, Caller caller) {
        String name = subject.path("name").asString("");
        return switch (subject.path("kind").asString("")) {
            case "ServiceAccount" ->
                caller.name()
                        .equals("system:serviceaccount:"
                                + subject.path("namespace").asString("") + ":" + name);
            case "Group" -> caller.groups().contains(name);
            case "User" -> caller.name().equals(name);
            default -> false;
        };
    }

    private boolean allows(JsonNode binding, String namespace, Question question) {
        JsonNode reference = binding.path("roleRef");
        boolean wide = reference.path("kind").asString("").equals("ClusterRole");
        String name = reference.path("name").asString("");
        return objects(wide ? "clusterroles" : "roles", wide ? "" : namespace)
                .filter(role -> role.path("metadata").path("name").asString("").equals(name))
                .flatMap(role -> stream(role.path("rules")))
                .anyMatch(rule -> has(rule, "verbs", question.verb())
                        && has(rule, "apiGroups", question.group())
                        && has(rule, "resources", question.resource())
                        && (rule.path("resourceNames").isEmpty() || has(rule, "resourceNames", question.name())));
    }

    private static boolean has(JsonNode rule, String list, String word) {
        return stream(rule.path(list))
                .anyMatch(each ->
                        each.asString("").equals(word) || each.asString("").equals("*"));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
