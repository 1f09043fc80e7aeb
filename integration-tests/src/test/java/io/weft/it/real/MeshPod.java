package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod of a lab, with its Envoy and, if it is a SERVER, its application. */
public final class MeshPod implements AutoCloseable {
    private final PodSpec spec;
    private final MeshCluster cluster;
    private final String address;
    private final Path folder;
    private final List<String> entrance;
    private final String traffic;
    private final Sidecar sidecar;
    private @Nullable ChildProcess application;

    MeshPod(PodSpec spec, MeshCluster cluster, String address, List<String> entrance, RealClusterBinaries binaries) {
        this.spec = spec;
        this.cluster = cluster;
        this.address = address;
        this.folder = cluster.folder().resolve(spec.name());
        this.entrance = entrance;
        this.traffic = binaries.traffic();
        this.sidecar = new Sidecar(spec, address, cluster.spec(), folder, entrance, binaries);
    }

    public String name() {
        return spec.name();
    }

    public PodSpec spec() {
        return spec;
    }

    public MeshCluster cluster() {
        return cluster;
    }

    /** In its cluster; this JVM reaches it there too, for example at port 15090 of Envoy's statistics. */
    public String address() {
        return address;
    }

    void announce() {
        cluster.api().apply(MeshObjects.pod(spec, cluster.name()));
        ready(true);
    }

    void launch() {
        if (spec.kind() == PodSpec.Kind.SERVER) {
            startApplication();
        }
        launchSidecar();
    }

    void awaitReady() {
        sidecar.awaitReady();
    }

    /** What the kubelet would report of its readiness. */
    public void ready(boolean ready) {
        List<String> containers =
                spec.kind() == PodSpec.Kind.GATEWAY ? List.of("istio-proxy") : List.of("app", "istio-proxy");
        cluster.api()
                .patchStatus(
                        "/api/v1/namespaces/" + spec.namespace() + "/pods/" + spec.name(),
                        MeshObjects.status(address, ready, containers));
    }

    /** SIGKILL to the application; Envoy stays and Kubernetes goes on calling the pod ready. */
    public void killApplication() {
        runningApplication().kill();
    }

    public void startApplication() {
        List<String> command = new ArrayList<>(entrance);
        command.addAll(List.of(traffic, "serve", "-name", name(), "-cluster", cluster.name()));
        command.addAll(List.of("-version", spec.version()));
        ControlPlaneKeys.write(folder.resolve("application"), "");
        application = ChildProcess.start(name(), command, folder, Map.of(), folder.resolve("application.log"));
    }

    private ChildProcess runningApplication() {
        if (application == null) {
            throw new IllegalStateException(name() + ": " + spec.kind() + " (expected: a SERVER)");
        }
        return application;
    }

    /** All later answers of the application have this status. */
    public void answerWith(int status) {
        ask("http://127.0.0.1:8080/answer/" + status, "-method", "POST");
    }

    /** SIGKILL to pilot-agent and Envoy: of a gateway, everything. */
    public void killSidecar() {
        sidecar.running().kill();
    }

    /** Returns when Envoy is ready. */
    public void startSidecar() {
        launchSidecar();
        awaitReady();
    }

    private void launchSidecar() {
        sidecar.writeFiles(cluster.plane(), cluster.rootCertificate());
        sidecar.launch();
    }

    /** Stops pilot-agent and Envoy from running without ending them. */
    public void freezeSidecar() {
        sidecar.running().freeze();
    }

    public void thawSidecar() {
        sidecar.running().thaw();
    }

    /** One request from this pod. Headers as {@code name: value}. */
    public Answer get(String url, String... headers) {
        List<String> flags = new ArrayList<>();
        for (String header : headers) {
            flags.addAll(List.of("-H", header));
        }
        return ask(url, flags.toArray(String[]::new));
    }

    private Answer ask(String url, String... flags) {
        List<String> command = new ArrayList<>(entrance);
        command.addAll(List.of(traffic, "get", "-url", url));
        command.addAll(List.of(flags));
        return Serialization.unmarshal(Shell.must(command, ""), Answer.class);
    }

    /** Returns when the load's count or duration has ended. */
    public LoadResult run(Load load) {
        return start(load).await();
    }

    public RunningLoad start(Load load) {
        List<String> command = new ArrayList<>(entrance);
        command.addAll(load.command(traffic));
        return RunningLoad.start(command);
    }

    public EnvoyAdmin envoy() {
        return new EnvoyAdmin(path -> ask("http://127.0.0.1:15000/" + path).body());
    }

    @Override
    public void close() {
        if (application != null) {
            application.kill();
        }
        sidecar.running().kill();
    }
}
