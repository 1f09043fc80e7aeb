package io.weft.browser;

import io.weft.it.whole.Rest;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What a test needs to be there before somebody comes to the console, made by REST and taken away again. */
final class Scene implements AutoCloseable {
    /** A busy machine may take long to tell a hub of its clusters. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Rest rest;
    private final String globalNamespace;

    private Scene(Rest rest, String globalNamespace) {
        this.rest = rest;
        this.globalNamespace = globalNamespace;
    }

    /** A global namespace that the test makes itself. */
    static Scene empty(ConsoleStack stack, String name) {
        return new Scene(stack.rest(), name);
    }

    /** A global namespace of the demonstration's shop, in all its clusters. */
    static Scene shop(ConsoleStack stack, String name) {
        return of(stack, name, "shop");
    }

    /** A global namespace of one namespace of every cluster, once the hub knows these. */
    static Scene of(ConsoleStack stack, String name, String namespace) {
        Scene scene = empty(stack, name);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> scene.rest
                        .put(scene.path(), """
                                spec:
                                  domain: %s.example
                                  members:
                                  - namespaceSelector: [{field: name, op: Exact, value: %s}]
                                """.formatted(name, namespace))
                        .good());
        return scene;
    }

    /** @param rules as YAML */
    Scene route(String name, String target, String rules) {
        rest.put(routePath(name), "spec: {target: %s, rules: %s}".formatted(target, rules))
                .good();
        return this;
    }

    /** {@code /tenants/…}, of the global namespace. */
    String path() {
        return "/tenants/demo/global-namespaces/" + globalNamespace;
    }

    String routePath(String name) {
        return path() + "/traffic-routes/" + name;
    }

    Rest rest() {
        return rest;
    }

    @Override
    public void close() {
        rest.delete(path() + "?cascade=true");
    }
}
