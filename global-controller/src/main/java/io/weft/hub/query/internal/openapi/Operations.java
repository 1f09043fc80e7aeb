package io.weft.hub.query.internal.openapi;

import io.weft.policy.model.Kind;
import java.util.ArrayList;
import java.util.List;

/** Every operation. A test compares it with what is really mapped. */
final class Operations {
    private static final String TENANTS = "/api/v1/tenants";
    private static final String TENANT = TENANTS + "/{tenant}";
    private static final String CLUSTER = TENANT + "/clusters/{name}";

    private Operations() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(List.of(
                Operation.get("/api/v1/openapi.json", "This description; needs no credential.", "Any"),
                Operation.get("/api/v1/me", "Who the credential is, and what it may see.", "Me"),
                Operation.get(TENANTS, "The tenants that the credential may see.", "Tenants"),
                Operation.post(
                        TENANTS, "Makes a tenant and its first administrator's token.", "NewTenant", 201, "MadeTenant"),
                Operation.get(TENANT + "/tokens", "API tokens, without their secrets.", "Tokens"),
                Operation.post(
                        TENANT + "/tokens",
                        "Makes an API token; its secret is shown this once.",
                        "NewToken",
                        201,
                        "Token"),
                new Operation("delete", TENANT + "/tokens/{id}", "Ends a token.", List.of(), null, 204, null),
                Operation.get(
                        TENANT + "/audit",
                        "The audit trail, newest first.",
                        "AuditRecords",
                        "chain",
                        "limit",
                        "continue"),
                Operation.get(
                        TENANT + "/audit/verification",
                        "Computes the chain of hashes again.",
                        "AuditVerification",
                        "chain"),
                new Operation(
                        "post",
                        TENANT + "/apply",
                        "Many documents in one revision, or none of them.",
                        List.of("dryRun", "Idempotency-Key"),
                        "Documents",
                        200,
                        "Applied"),
                Operation.post(
                        TENANT + "/diff",
                        "What applying the documents would do to each cluster.",
                        "Documents",
                        200,
                        "DryRun"),
                Operation.post(
                        CLUSTER + "/join-token",
                        "Makes a join token, which one agent may use once.",
                        "Validity",
                        201,
                        "JoinToken"),
                Operation.post(
                        CLUSTER + "/manifest",
                        "Makes a join token and the manifest that has it.",
                        "Validity",
                        201,
                        "Manifest"),
                Operation.get(
                        CLUSTER + "/manifest", "The manifest, with a join token made before.", "Manifest", "token"),
                Operation.post(
                        CLUSTER + "/revoke",
                        "Makes the cluster's certificates worthless; ends its streams.",
                        "Reason",
                        200,
                        "Revoked")));
        all.addAll(List.of(
                Operation.get(
                        TENANT + "/stream",
                        "What changes, as server-sent events; ids are log positions.",
                        "Stream",
                        "Last-Event-ID"),
                Operation.get(
                        CLUSTER + "/bundle", "What the cluster should have, and how far it has come.", "ClusterBundle"),
                Operation.get(
                        CLUSTER + "/objects",
                        "The objects that the cluster should have.",
                        "ClusterObjects",
                        "limit",
                        "continue")));
        all.add(Operation.post(
                TENANT + "/release-freeze",
                "Lets a frozen tenant go on, under a new incarnation; for platform administrators.",
                null,
                200,
                "Any"));
        all.add(Operation.post(
                CLUSTER + "/release-brake", "Lets pass what the brake holds of the cluster.", null, 200, "Any"));
        all.addAll(ViewOperations.all());
        for (Kind kind : Kind.values()) {
            all.addAll(of(kind));
            if (kind.inGlobalNamespace()) all.add(ofAll(kind));
        }
        return all;
    }

    private static final String[] LISTED = {
        "limit",
        "continue",
        "labelSelector",
        "fieldSelector",
        "q=only what has this text in its name, display name, domain or target, whatever the case",
        "sort"
    };

    private static Operation ofAll(Kind kind) {
        String name = kind.wireName();
        return Operation.get(
                TENANT + "/" + kind.plural(),
                "Lists resources of the kind " + name + " of all global namespaces.",
                name + "List",
                LISTED);
    }

    private static List<Operation> of(Kind kind) {
        String all = TENANT + (kind.inGlobalNamespace() ? "/global-namespaces/{gns}/" : "/") + kind.plural();
        String one = all + "/{name}";
        String name = kind.wireName();
        return List.of(
                Operation.get(all, "Lists resources of the kind " + name + ".", name + "List", LISTED),
                Operation.get(one, "The resource, with its status.", name),
                new Operation(
                        "put",
                        one,
                        "Creates or replaces the resource.",
                        List.of("dryRun", "If-Match", "If-None-Match", "Idempotency-Key"),
                        name + "Document",
                        200,
                        name + "Written"),
                new Operation(
                        "delete",
                        one,
                        "Deletes the resource.",
                        List.of("dryRun", "cascade", "If-Match", "Idempotency-Key"),
                        null,
                        200,
                        "Deleted"),
                Operation.get(one + "/history", "Its versions, newest first.", "History", "limit", "continue"));
    }
}
