package io.weft.hub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.weft.hub.RunningHub;
import io.weft.hub.clusters.Joiner;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.EnrolResponse;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.NodeItem;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A cluster that is a map, joined to a running hub as a real one is: declared, by its token, over TLS. */
public final class JoinedCluster implements AutoCloseable {
    private final RunningHub hub;
    private final String token;
    private final String path;
    private final FakeAgent agent;
    private final ManagedChannel channel;

    private JoinedCluster(RunningHub hub, String token, String path, FakeAgent agent, ManagedChannel channel) {
        this.hub = hub;
        this.token = token;
        this.path = path;
        this.agent = agent;
        this.channel = channel;
    }

    /** Declared and enrolled, with a mesh, a gateway and the namespace {@code shop}; not connected yet. */
    public static JoinedCluster enrolled(RunningHub hub, String tenant, String name) {
        String token = hub.token(tenant);
        String path = "/api/v1/tenants/" + tenant + "/clusters/" + name;
        assertThat(hub.put(token, path, "{\"spec\":{\"labels\":{\"name\":\"" + name + "\"}}}")
                        .statusCode())
                .isIn(200, 201);
        Joiner joiner = joiner(hub, token, path);
        String join = RunningHub.json(hub.post(token, path + "/join-token", null))
                .get("token")
                .stringValue();
        EnrolResponse enrolled = joiner.enrol(join, "uid-" + name);
        FakeAgent agent = new FakeAgent(new ClusterName(name), enrolled.getHubId(), "apply", "drift");
        agent.has();
        return new JoinedCluster(hub, token, path, agent, channel(hub, joiner, enrolled));
    }

    public static Joiner joiner(RunningHub hub, String token, String path) {
        String manifest = hub.post(token, path + "/manifest", null).body();
        String ca = manifest.substring(
                        manifest.indexOf("-----BEGIN CERTIFICATE"), manifest.indexOf("-----END CERTIFICATE-----"))
                .replace("    ", "");
        return new Joiner(hub.context().getBean(AgentPort.class).number(), ca + "-----END CERTIFICATE-----\n");
    }

    private static ManagedChannel channel(RunningHub hub, Joiner joiner, EnrolResponse enrolled) {
        try {
            var tls = TlsChannelCredentials.newBuilder()
                    .trustManager(stream(enrolled.getCaPem()))
                    .keyManager(
                            stream(enrolled.getCertificateChainPem()),
                            stream(Joiner.pem(
                                    "PRIVATE KEY", joiner.key().getPrivate().getEncoded())));
            int port = hub.context().getBean(AgentPort.class).number();
            return Grpc.newChannelBuilder("localhost:" + port, tls.build()).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    public JoinedCluster namespace(String name, Map<String, String> labels) {
        agent.put(
                ReportKind.REPORT_KIND_NAMESPACE,
                name,
                item -> item.setNamespace(
                        NamespaceItem.newBuilder().setName(name).putAllLabels(labels)));
        return this;
    }

    public JoinedCluster node(String name, Map<String, String> labels) {
        agent.put(
                ReportKind.REPORT_KIND_NODE,
                name,
                item -> item.setNode(
                        NodeItem.newBuilder().setName(name).putAllLabels(labels).setReady(true)));
        return this;
    }

    /** With two ready instances of one version, in the mesh. */
    public JoinedCluster service(String namespace, String name, String version) {
        return service(namespace, name, version, 80);
    }

    public JoinedCluster service(String namespace, String name, String version, int port) {
        agent.put(
                ReportKind.REPORT_KIND_SERVICE,
                namespace + "/" + name,
                item -> item.setService(ServiceItem.newBuilder()
                        .setNamespace(namespace)
                        .setName(name)
                        .putSelector("app", name)
                        .putLabels("app", name)
                        .addPorts(ServicePort.newBuilder()
                                .setNumber(port)
                                .setName("http")
                                .setProtocol(PortProtocol.PORT_PROTOCOL_HTTP)
                                .setTargetPort(8080))));
        agent.put(
                ReportKind.REPORT_KIND_VERSION,
                namespace + "/" + name + "/" + version,
                item -> item.setVersion(VersionItem.newBuilder()
                        .setNamespace(namespace)
                        .setService(name)
                        .setVersion(version)
                        .addServiceAccounts("default")
                        .setMeshed(true)
                        .setReady(2)
                        .setDesired(2)));
        return this;
    }

    /** Which objects its API server will not take, by a part of their key. */
    public JoinedCluster refusing(Predicate<String> keys) {
        agent.refuses = keys;
        return this;
    }

    /** Its agent may not list nodes. */
    public JoinedCluster unreadable(String reason) {
        agent.nodesUnreadable = reason;
        return this;
    }

    /** Opens a session and waits until everything is reported and the hub says so. */
    public JoinedCluster connect() {
        agent.connect(channel);
        Awaitility.await().until(() -> agent.welcomed);
        Awaitility.await().until(() -> !phase().equals("Connected") && !phase().equals("Waiting"));
        return this;
    }

    /** Reports what was added since. */
    public void report(ReportKind kind) {
        if (agent.broken != null || agent.goodbye != null) {
            throw new AssertionError("the session is over: " + agent.goodbye, agent.broken);
        }
        agent.report(kind);
    }

    public String phase() {
        return status().get("phase").stringValue();
    }

    public JsonNode status() {
        return RunningHub.json(hub.get(token, path)).get("status");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
