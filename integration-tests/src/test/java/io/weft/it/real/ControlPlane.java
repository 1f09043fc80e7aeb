package io.weft.it.real;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes control plane of one test: etcd, API server and controller-manager as processes, with new keys and an
 * empty store; no scheduler and no kubelet. Ready in about three seconds, about 450 MiB. What it holds is gone when it
 * is closed or this JVM ends.
 */
public final class ControlPlane implements AutoCloseable {
    private final Path folder;
    private final boolean ownsFolder;
    private final ControlPlaneProcesses processes;
    private final ControlPlaneKeys keys;
    private final ApiServer api;
    private @Nullable KubernetesClient client;

    private ControlPlane(Path folder, boolean ownsFolder, RealClusterBinaries binaries, Place place) {
        this.folder = folder;
        this.ownsFolder = ownsFolder;
        this.keys = ControlPlaneKeys.write(folder, place);
        this.processes = new ControlPlaneProcesses(folder, binaries, place);
        this.api = new ApiServer(processes.url(), ControlPlaneKeys.ADMIN_TOKEN, keys.authority());
    }

    /** On the loopback address, at free ports. */
    public static ControlPlane start() {
        try {
            Path folder = Files.createTempDirectory("weft-control-plane");
            return new ControlPlane(folder, true, RealClusterBinaries.require(), Place.loopback()).started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ControlPlane start(Path folder, RealClusterBinaries binaries, Place place) {
        return new ControlPlane(folder, false, binaries, place).started();
    }

    private ControlPlane started() {
        processes.startAll(api);
        return this;
    }

    /** {@code https://address:port}. */
    public String url() {
        return processes.url();
    }

    /** The certificate, as PEM, of the authority that signed the API server's own. */
    public String authority() {
        return keys.authority();
    }

    /** A kubeconfig file of the administrator. */
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    /** What service accounts of weft-system asked for since the beginning, and what the API server said. */
    public List<AuditedRequest> audited() {
        return AuditLog.read(folder);
    }

    public ApiServer api() {
        return api;
    }

    /** Server-side apply of all documents, with strict checking of fields; a refusal is thrown at once. */
    public void apply(String yaml) {
        api.apply(yaml);
    }

    public void delete(String yaml) {
        api.delete(yaml);
    }

    /** As administrator, shared by all callers and closed with this. */
    public synchronized KubernetesClient client() {
        if (client == null) {
            client = client(ControlPlaneKeys.ADMIN_TOKEN);
        }
        return client;
    }

    /** As whoever this bearer token names; the caller closes it. */
    public KubernetesClient client(String token) {
        return new KubernetesClientBuilder().withConfig(config(token)).build();
    }

    /** Settings of a client that does not repeat what the server answered. */
    public Config config(String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withCaCertData(Base64.getEncoder().encodeToString(authority().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** A token of a service account, as the kubelet would project it. No audience: the API server itself. */
    public String token(String namespace, String serviceAccount, Duration validity, String... audiences) {
        return client().serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audiences)
                        .withExpirationSeconds(validity.toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** SIGKILL to the API server; etcd and the controller-manager go on. */
    public void killApiServer() {
        processes.killApiServer();
    }

    /** Starts it again on the same port and waits until it is ready. */
    public void startApiServer() {
        processes.startApiServer(api);
    }

    /** Stops the API server from running without ending it: connections stay open and nothing answers. */
    public void freezeApiServer() {
        processes.freezeApiServer();
    }

    public void thawApiServer() {
        processes.thawApiServer();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
        processes.close();
        if (ownsFolder) {
            deleteTree(folder);
        }
    }

    static void deleteTree(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
