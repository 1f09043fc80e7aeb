package io.weft.hub.query.internal.openapi;

import java.util.List;

/** The operations that only show, and the one that takes back: what a console needs beside the resources themselves. */
final class ViewOperations {
    private static final String TENANT = "/api/v1/tenants/{tenant}";

    private ViewOperations() {}

    static List<Operation> all() {
        return List.of(
                Operation.get(
                        TENANT + "/revisions",
                        "Revisions, newest first, with what each changed and how far it is.",
                        "Revisions",
                        "resource",
                        "q=only revisions that changed a resource with this text in its key, or of whom has it in the name",
                        "since=only those after this time",
                        "underWay=true: only those that a connected cluster does not have yet, of the newest thousand",
                        "limit",
                        "continue"),
                Operation.get(
                        TENANT + "/revisions/{number}",
                        "What a revision changed, and what became of it in each cluster.",
                        "RevisionStatus"),
                new Operation(
                        "post",
                        TENANT + "/revisions/{number}/revert",
                        "Puts back, in one new revision, what was before this one; 409 with the keys that were changed"
                                + " since. With dryRun=true it answers a DryRun.",
                        List.of("dryRun", "force", "Idempotency-Key"),
                        null,
                        200,
                        "Applied"),
                Operation.get(
                        TENANT + "/inventory/{kind}",
                        "What agents observe: namespaces, services, versions, instances, nodes, gateways or meshes.",
                        "Inventory",
                        "q",
                        "cluster",
                        "namespace",
                        "sort=name, namespace, cluster or changedAt; with - before it for the other way; cluster if not given",
                        "limit",
                        "continue"),
                Operation.get(
                        TENANT + "/clusters/{name}/onboarding",
                        "How far the cluster has come in joining, and what is in the way.",
                        "Onboarding"),
                Operation.get(
                        TENANT + "/global-services",
                        "The services of all global namespaces, each name once.",
                        "GlobalServices",
                        "globalNamespace",
                        "cluster=only services that are in this cluster",
                        "q",
                        "sort=name, globalNamespace, clusters or instances; with - before it for the other way; name if not given",
                        "limit",
                        "continue"),
                Operation.get(
                        TENANT + "/global-services/{gns}/{name}",
                        "One service of a global namespace, in each cluster.",
                        "GlobalServiceDetail"),
                Operation.get(TENANT + "/overview", "The tenant at a glance, and what needs somebody.", "Overview"),
                Operation.post(
                        TENANT + "/global-namespaces/preview",
                        "What a global namespace would have as members; nothing is stored. The document may be unfinished.",
                        "GlobalNamespaceDraft",
                        200,
                        "GlobalNamespacePreview"),
                Operation.get(
                        TENANT + "/search",
                        "Resources, global services and what is observed, by a part of the name.",
                        "SearchHits",
                        "q",
                        "limit=how many at most, 1 to 100; 20 if not given"));
    }
}
