package io.weft.it.whole;

import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import tools.jackson.databind.JsonNode;

/** Keycloak in a container of Docker's. */
record KeycloakContainer(GenericContainer<?> container) implements Keycloak {
    private static final int PORT = 8080;
    private static final int MANAGEMENT = 9000;
    private static final Duration START_TIME = Duration.ofMinutes(5);

    static Keycloak start(Map<String, JsonNode> realms) {
        GenericContainer<?> container = new GenericContainer<>("keycloak/keycloak:" + VERSION)
                .withCommand("start-dev", "--db=dev-mem", "--import-realm", "--health-enabled=true")
                .withExposedPorts(PORT, MANAGEMENT)
                .waitingFor(Wait.forHttp("/health/ready").forPort(MANAGEMENT).withStartupTimeout(START_TIME));
        realms.forEach((name, realm) -> container.withCopyToContainer(
                Transferable.of(realm.toString()), "/opt/keycloak/data/import/" + name + ".json"));
        container.start();
        return new KeycloakContainer(container);
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public String issuer(String realm) {
        return "http://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/realms/" + realm;
    }

    @Override
    public void close() {
        container.stop();
    }
}
