package io.weft.policy.model;

import java.util.List;

/**
 * A global namespace as declared.
 *
 * @param domain a service {@code cart} of a member answers to {@code cart.<domain>}
 * @param members a (cluster, namespace, service) belongs when any rule selects all three
 * @param mtls only {@code Strict} is built
 * @param color {@code #RRGGBB} or empty
 */
public record GlobalNamespaceSpec(
        String displayName, String description, String domain, List<MemberRule> members, Mtls mtls, String color) {
    public enum Mtls {
        Strict
    }

    /** One rule of membership. */
    public record MemberRule(Selector clusterSelector, Selector namespaceSelector, Selector serviceSelector) {}

    public GlobalNamespaceSpec {
        members = List.copyOf(members);
    }
}
