package io.weft.it.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mesh's control plane in one cluster. */
public final class Istiod {
    private final String cluster;
    private final Path folder;
    private final String address;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>(Map.of(
            // Upstream Envoy has no such filters; with them it would refuse every listener and keep the old ones.
            "PILOT_ENABLE_METADATA_EXCHANGE", "false",
            "PILOT_ENABLE_ALPN_FILTER", "false",
            "PILOT_DISABLE_MX_ALPN", "true",
            "PILOT_DEBOUNCE_AFTER", "10ms",
            "PILOT_DEBOUNCE_MAX", "200ms",
            "POD_NAMESPACE", "istio-system",
            "REVISION", "default",
            "JWT_POLICY", "third-party-jwt",
            "PILOT_CERT_PROVIDER", "istiod",
            "MESHBIN_STDIN_EOF", "1"));
    private @Nullable ChildProcess process;

    Istiod(String cluster, int index, Path folder, String address, List<String> entrance, String meshbin, Path config) {
        this.cluster = cluster;
        this.folder = folder;
        this.address = address;
        this.command = new ArrayList<>(entrance);
        command.addAll(List.of(meshbin, "istiod", "discovery", "--kubeconfig", config.toString()));
        command.addAll(List.of("--clusterID", cluster, "--keepaliveMaxServerConnectionAge", "1h"));
        command.addAll(List.of("--grpcAddr", address + ":15010", "--secureGRPCAddr", address + ":15012"));
        command.addAll(List.of("--httpAddr", address + ":8080", "--httpsAddr", address + ":15017"));
        command.addAll(List.of("--monitoringAddr", address + ":15014", "--ctrlz_port", Integer.toString(9876 + index)));
        command.addAll(List.of("--ctrlz_address", "127.0.0.1"));
        environment.put("CLUSTER_ID", cluster);
        environment.put("POD_NAME", "istiod-" + cluster);
    }

    void writeConfiguration(CertificateAuthority root, String meshConfig) {
        CertificateAuthority own = root.intermediate("O=lab, CN=" + cluster, "istiod.istio-system.svc");
        Path certificates = folder.resolve("etc/cacerts");
        ControlPlaneKeys.write(certificates.resolve("ca-cert.pem"), own.certificatePem());
        ControlPlaneKeys.write(certificates.resolve("ca-key.pem"), own.keyPem());
        ControlPlaneKeys.write(certificates.resolve("root-cert.pem"), root.certificatePem());
        // Without the root, which a strict client refuses to see in a chain.
        ControlPlaneKeys.write(certificates.resolve("cert-chain.pem"), own.certificatePem());
        ControlPlaneKeys.write(folder.resolve("etc/istio/config/meshNetworks"), "networks: {}\n");
        meshConfig(meshConfig);
    }

    void meshConfig(String yaml) {
        ControlPlaneKeys.write(folder.resolve("etc/istio/config/mesh"), yaml);
    }

    /** The setting takes effect at the next start. */
    public Istiod set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Returns when it is ready. */
    public void start() {
        ChildProcess started = launch();
        awaitReady(started);
    }

    ChildProcess launch() {
        ChildProcess started =
                ChildProcess.start("istiod-" + cluster, command, folder, environment, folder.resolve("istiod.log"));
        process = started;
        return started;
    }

    void awaitReady(ChildProcess started) {
        ControlPlaneProcesses.until("istiod", started, () -> answers(address, 8080, "/ready"));
    }

    /** SIGKILL. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    public void freeze() {
        if (process != null) {
            process.freeze();
        }
    }

    public void thaw() {
        if (process != null) {
            process.thaw();
        }
    }

    static boolean answers(String address, int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return Http.CLIENT
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }
}
