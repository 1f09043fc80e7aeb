package io.weft.it.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The three processes of a control plane and their flags. */
final class ControlPlaneProcesses implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT = Map.of("KUBEPLANE_STDIN_EOF", "1");
    /** What would act on nodes and volumes that are only written down here, or take pods away. */
    private static final String CONTROLLERS =
            "*,-node-lifecycle-controller,-node-ipam-controller,-taint-eviction-controller,-pod-garbage-collector-controller,"
                    + "-persistentvolume-binder-controller,-persistentvolume-attach-detach-controller,"
                    + "-horizontal-pod-autoscaler-controller";

    private final Path folder;
    private final RealClusterBinaries binaries;
    private final Place place;
    private @Nullable ChildProcess etcd;
    private @Nullable ChildProcess apiServer;
    private @Nullable ChildProcess controllers;

    ControlPlaneProcesses(Path folder, RealClusterBinaries binaries, Place place) {
        this.folder = folder;
        this.binaries = binaries;
        this.place = place;
    }

    String url() {
        return "https://" + place.address() + ":" + place.firstPort();
    }

    void startAll(ApiServer api) {
        ChildProcess store = startEtcd();
        etcd = store;
        until("etcd", store, this::etcdIsHealthy);
        startApiServer(api);
        ChildProcess started = startControllers();
        controllers = started;
        until("controllers", started, () -> api.answers("/api/v1/namespaces/default/serviceaccounts/default"));
    }

    void startApiServer(ApiServer api) {
        ChildProcess started = startApiServerProcess();
        apiServer = started;
        until("API server", started, () -> api.answers("/readyz"));
    }

    void killApiServer() {
        running(apiServer).kill();
    }

    void freezeApiServer() {
        running(apiServer).freeze();
    }

    void thawApiServer() {
        running(apiServer).thaw();
    }

    private static ChildProcess running(@Nullable ChildProcess process) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private ChildProcess startEtcd() {
        String clients = "http://" + place.address() + ":" + (place.firstPort() + 1);
        String peers = "http://" + place.address() + ":" + (place.firstPort() + 2);
        return start(
                "etcd",
                List.of(
                        "etcd",
                        "--name=one",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--unsafe-no-fsync",
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=one=" + peers,
                        "--heartbeat-interval=20",
                        "--election-timeout=200",
                        "--log-level=warn"));
    }

    private ChildProcess startApiServerProcess() {
        return start(
                "kube-apiserver",
                List.of(
                        "kube-apiserver",
                        "--etcd-servers=http://" + place.address() + ":" + (place.firstPort() + 1),
                        "--bind-address=" + place.address(),
                        "--secure-port=" + place.firstPort(),
                        "--advertise-address=" + place.address(),
                        "--endpoint-reconciler-type=none",
                        "--tls-cert-file=" + folder.resolve("server.crt"),
                        "--tls-private-key-file=" + folder.resolve("server.key"),
                        "--client-ca-file=" + folder.resolve("ca.crt"),
                        "--token-auth-file=" + folder.resolve("tokens.csv"),
                        "--authorization-mode=RBAC",
                        "--audit-policy-file=" + AuditLog.writePolicy(folder),
                        "--audit-log-path=" + AuditLog.file(folder),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + folder.resolve("accounts.pub"),
                        "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
                        "--service-cluster-ip-range=10.32.0.0/16",
                        "--allow-privileged=true",
                        "--disable-admission-plugins=TaintNodesByCondition",
                        "--profiling=false"));
    }

    private ChildProcess startControllers() {
        return start(
                "kube-controller-manager",
                List.of(
                        "kube-controller-manager",
                        "--kubeconfig=" + folder.resolve("controllers.kubeconfig"),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--service-account-private-key-file=" + folder.resolve("accounts.key"),
                        "--root-ca-file=" + folder.resolve("ca.crt"),
                        "--controllers=" + CONTROLLERS,
                        "--kube-api-qps=200",
                        "--kube-api-burst=400",
                        "--profiling=false"));
    }

    private ChildProcess start(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.kubeplane()));
        command.addAll(arguments);
        return ChildProcess.start(name, place.command(command), folder, ENVIRONMENT, folder.resolve(name + ".log"));
    }

    private boolean etcdIsHealthy() {
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create("http://" + place.address() + ":" + (place.firstPort() + 1) + "/health"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(health, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("true");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void until(String what, ChildProcess process, BooleanSupplier ready) {
        try {
            Awaitility.await(what)
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException(what + " ended with status " + process.exitStatus());
                        }
                        return ready.getAsBoolean();
                    });
        } catch (RuntimeException e) {
            throw new IllegalStateException(what + " is not ready; " + process.lastWords(), e);
        }
    }

    /** The last one to stop is the one that the others write to. */
    @Override
    public void close() {
        for (ChildProcess process : new ChildProcess[] {controllers, apiServer, etcd}) {
            if (process != null) {
                process.kill();
            }
        }
    }
}
