package io.weft.it.whole;

import io.weft.hub.fixtures.FixtureSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A real Keycloak with some realms, its database in memory. Ends with this JVM. */
interface Keycloak extends AutoCloseable {
    String VERSION = "26.7.3";

    /**
     * Ready when this returns; empty where it cannot be had.
     *
     * @param realms what to import, by name
     */
    static Optional<Keycloak> start(Map<String, JsonNode> realms) {
        return FixtureSource.here(() -> KeycloakFiles.find().isPresent()).map(source -> switch (source) {
            case EMBEDDED -> KeycloakServer.start(KeycloakFiles.find().orElseThrow(), realms);
            case CONTAINERS -> KeycloakContainer.start(realms);
        });
    }

    String log();

    String issuer(String realm);

    @Override
    void close();
}
