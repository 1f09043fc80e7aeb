package io.weft.hub.query.internal.openapi;

import java.util.List;

/** The operations that only show, and the one that takes back: what a console needs beside the resources themselves. */
final class ViewOperations {
    private static final String TENANT = "/api/v1/tenants/{tenant}";

    private ViewOperations() {}

    static List<Operation> all() {
        return List.of(
                Operation.get(TENANT + "/revisions", "Revisions, newest first.", "Revisions", "limit", "continue"),
                Operation.get(
                        TENANT + "/revisions/{number}",
                        "What a revision changed, and what became of it in each cluster.",
                        "RevisionStatus"),
                Operation.get(
                        TENANT + "/inventory/{kind}",
                        "What agents observe: namespaces, services, versions, instances, nodes, gateways or meshes.",
                        "Inventory",
                        "cluster",
                        "limit",
                        "continue"));
    }
}
