package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.it.real.ControlPlane;
import io.weft.it.real.KubeletStandIn;
import io.weft.it.real.PodNetwork;
import io.weft.it.real.Project;
import io.weft.it.real.ShopObjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

/**
 * A hub, and a cluster {@code east} to which its manifest was applied and nothing else: the agents' pods are started
 * from the applied Deployment and the image of this build; below the image's layers is this machine's JDK.
 */
public final class DeployedAgent implements AutoCloseable {
    public static final String NAMESPACE = "weft-system";
    static final String TENANT = "/tenants/demo";
    static final String EAST = TENANT + "/clusters/east";
    static final String GNS = TENANT + "/global-namespaces/shop";
    private static final String IMAGE = "weft/cluster-agent:0.1.0-SNAPSHOT";
    private static final Path ARCHIVE = Project.file("cluster-agent/agent/target/jib-image.tar");

    final PodNetwork network;
    final ControlPlane plane;
    final WeftProcess weft;
    final Rest rest;
    final KubeletStandIn kubelet;
    final String manifest;

    private DeployedAgent(PodNetwork network, Map<String, String> environment) {
        this.network = network;
        this.plane = network.startControlPlane();
        ShopObjects.apply(plane);
        this.weft = WeftProcess.up(1, network.hostAddress(), environment);
        this.rest = weft.rest(1);
        rest.put(EAST, "spec: {region: eu}").good();
        this.manifest = rest.post(EAST + "/manifest", "").good().body();
        this.kubelet = kubelet(plane, network);
        plane.apply(manifest);
    }

    /** Runs agents' pods from the image of this build. */
    public static KubeletStandIn kubelet(ControlPlane plane, PodNetwork network) {
        return KubeletStandIn.start(plane, NAMESPACE, Map.of(IMAGE, ARCHIVE), network);
    }

    /** @param environment what the hub is told besides */
    static DeployedAgent start(Map<String, String> environment) {
        PodNetwork network = PodNetwork.create();
        try {
            return new DeployedAgent(network, environment);
        } catch (RuntimeException | AssertionError e) {
            network.close();
            throw e;
        }
    }

    /** What the hub says that east should have and has. */
    JsonNode bundle() {
        return rest.get(EAST + "/bundle").good().json();
    }

    boolean connected() {
        return bundle().path("connected").asBoolean();
    }

    /** Services that the hub knows of east. */
    List<String> services() {
        return rest.get(TENANT + "/inventory/services?cluster=east")
                .good()
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    /** Once the hub knows the namespace: until then it says that the member rule catches nothing. */
    void declareShop() {
        soon(() -> rest.put(GNS, """
                        spec:
                          domain: shop.example
                          members:
                          - namespaceSelector:
                            - {field: name, op: Exact, value: shop}
                        """).good());
    }

    /** Writes cart's route: so many percent to v1, the rest to v2. */
    void split(int weight) {
        rest.put(GNS + "/traffic-routes/cart", """
                        spec:
                          target: cart
                          rules: [{split: [{version: v1, weight: %d}, {version: v2, weight: %d}]}]
                        """.formatted(weight, 100 - weight))
                .good();
    }

    /** The version that the hub wants is the one that the agent said is in force, and every object is there as wanted. */
    void assertInForce() {
        JsonNode bundle = bundle();
        assertThat(bundle.path("connected").asBoolean()).as(this::agents).isTrue();
        assertThat(bundle.path("applied").path("version").asString())
                .as(() -> bundle + agents())
                .isEqualTo(bundle.path("version").asString());
        assertThat(bundle.path("refusals")).isEmpty();
        for (JsonNode item : rest.get(EAST + "/objects?limit=500").good().json().path("items")) {
            MeshOwned.assertThere(plane, item.path("object"));
        }
    }

    /** What the agents wrote, for the message of a failure. */
    String agents() {
        StringBuilder all = new StringBuilder();
        for (String pod : kubelet.pods()) {
            String output = kubelet.output(pod);
            all.append("\n").append(pod).append(":\n").append(output.substring(Math.max(0, output.length() - 3000)));
        }
        return all.toString();
    }

    /** Within three minutes, as a hub's start may take one on a busy machine; one that is away is no failure until then. */
    static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        kubelet.close();
        weft.close();
        plane.close();
        network.close();
    }
}
