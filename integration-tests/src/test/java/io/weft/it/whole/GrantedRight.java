package io.weft.it.whole;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.weft.it.real.AuditedRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * One verb on one resource, as a role grants it: the smallest thing that can be taken away.
 *
 * @param namespace empty in a ClusterRole
 * @param name empty where the rule names none
 */
record GrantedRight(String verb, String group, String resource, String namespace, String name) {

    /** Everything that the roles of a manifest grant. */
    static List<GrantedRight> of(List<HasMetadata> manifest) {
        return manifest.stream()
                .flatMap(object -> switch (object) {
                    case ClusterRole role -> rights(role.getRules(), "");
                    case Role role -> rights(role.getRules(), role.getMetadata().getNamespace());
                    default -> Stream.of();
                })
                .toList();
    }

    private static Stream<GrantedRight> rights(List<PolicyRule> rules, String namespace) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream()
                                .flatMap(resource -> rule.getVerbs().stream()
                                        .flatMap(verb -> names(rule)
                                                .map(name ->
                                                        new GrantedRight(verb, group, resource, namespace, name))))));
    }

    private static Stream<String> names(PolicyRule rule) {
        return rule.getResourceNames().isEmpty() ? Stream.of("") : rule.getResourceNames().stream();
    }

    /** Whether the request needed this right. */
    boolean usedBy(AuditedRequest request) {
        boolean verbFits = verb.equals(request.verb()) || verb.equals("create") && request.created();
        return verbFits
                && group.equals(request.group())
                && resource.equals(request.resource())
                && (namespace.isEmpty() || namespace.equals(request.namespace()))
                && (name.isEmpty() || name.equals(request.name()))
                && !request.forbidden();
    }
}
