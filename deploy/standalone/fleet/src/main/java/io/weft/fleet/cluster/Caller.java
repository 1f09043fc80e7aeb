package io.weft.fleet.cluster;

import java.util.List;

/** Who asks. */
record Caller(String name, List<String> groups) {
    private static final String ACCOUNTS = "system:serviceaccounts";
    private static final String AUTHENTICATED = "system:authenticated";

    static final Caller NOBODY = new Caller("system:anonymous", List.of("system:unauthenticated"));
    static final Caller ADMINISTRATOR = new Caller("admin", List.of("system:masters", AUTHENTICATED));

    static Caller account(String namespace, String name) {
        return new Caller(
                "system:serviceaccount:" + namespace + ":" + name,
                List.of(ACCOUNTS, ACCOUNTS + ":" + namespace, AUTHENTICATED));
    }

    boolean mayAll() {
        return groups.contains("system:masters");
    }

    boolean known() {
        return groups.contains(AUTHENTICATED);
    }
}
