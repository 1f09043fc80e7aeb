package io.weft.it.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** pilot-agent and the Envoy that it runs, as user 1337 in a pod's network namespace. */
final class Sidecar {
    private static final Duration TOKEN = Duration.ofHours(12);

    private final PodSpec pod;
    private final String address;
    private final ClusterSpec cluster;
    private final Path folder;
    private final List<String> entrance;
    private final RealClusterBinaries binaries;
    private @Nullable ChildProcess process;

    Sidecar(
            PodSpec pod,
            String address,
            ClusterSpec cluster,
            Path folder,
            List<String> entrance,
            RealClusterBinaries binaries) {
        this.pod = pod;
        this.address = address;
        this.cluster = cluster;
        this.folder = folder;
        this.entrance = entrance;
        this.binaries = binaries;
    }

    void writeFiles(ControlPlane plane, String rootCertificate) {
        String token = plane.token(pod.namespace(), pod.serviceAccount(), TOKEN, "istio-ca");
        ControlPlaneKeys.write(folder.resolve("var/run/secrets/tokens/istio-token"), token);
        ControlPlaneKeys.write(folder.resolve("var/run/secrets/istio/root-cert.pem"), rootCertificate);
        ControlPlaneKeys.write(
                folder.resolve("etc/istio/pod/labels"),
                pod.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"\n")
                        .collect(Collectors.joining()));
        Shell.script("""
                cd '%s'
                mkdir -p var/run/secrets/istio var/run/secrets/workload-spiffe-uds etc/istio/proxy var/lib/istio/data
                chown -R 1337:1337 .
                """.formatted(folder));
    }

    void launch() {
        boolean gateway = pod.kind() == PodSpec.Kind.GATEWAY;
        List<String> command = new ArrayList<>(entrance);
        command.addAll(List.of("setpriv", "--reuid=1337", "--regid=1337", "--clear-groups"));
        command.addAll(List.of(binaries.meshbin(), "agent", "proxy", gateway ? "router" : "sidecar"));
        command.addAll(List.of("--domain", pod.namespace() + ".svc.cluster.local", "--proxyLogLevel", "warning"));
        process = ChildProcess.start(pod.name(), command, folder, environment(gateway), folder.resolve("agent.log"));
    }

    void awaitReady() {
        ControlPlaneProcesses.until(
                "sidecar of " + pod.name(), running(), () -> Istiod.answers(address, 15021, "/healthz/ready"));
    }

    ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException(pod.name() + ": not started");
        }
        return process;
    }

    private Map<String, String> environment(boolean gateway) {
        Map<String, String> environment = new HashMap<>();
        environment.put("POD_NAME", pod.name());
        environment.put("POD_NAMESPACE", pod.namespace());
        environment.put("INSTANCE_IP", address);
        environment.put("SERVICE_ACCOUNT", pod.serviceAccount());
        environment.put("HOST_IP", "192.0.2.1");
        environment.put("PROXY_CONFIG", proxyConfig());
        environment.put("CA_ADDR", "istiod.istio-system.svc:15012");
        environment.put("PILOT_CERT_PROVIDER", "istiod");
        environment.put("JWT_POLICY", "third-party-jwt");
        environment.put("TRUST_DOMAIN", "cluster.local");
        environment.put("ISTIO_META_CLUSTER_ID", cluster.name());
        environment.put("ISTIO_META_NETWORK", cluster.network());
        environment.put("ISTIO_META_NODE_NAME", "node-" + cluster.name());
        environment.put("ISTIO_META_WORKLOAD_NAME", pod.app());
        environment.put("ISTIO_META_MESH_ID", "lab");
        environment.put("ISTIO_META_INTERCEPTION_MODE", "REDIRECT");
        environment.put("ISTIO_META_DNS_CAPTURE", Boolean.toString(!gateway));
        environment.put("ISTIO_CPU_LIMIT", "1");
        environment.put("PEER_METADATA_DISCOVERY", "false");
        environment.put("BOOTSTRAP_XDS_AGENT", "false");
        environment.put("EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "false");
        environment.put("GOMEMLIMIT", "64MiB");
        environment.put("MESHBIN_STDIN_EOF", "1");
        if (gateway) {
            environment.put("ISTIO_META_UNPRIVILEGED_POD", "true");
        }
        return environment;
    }

    private String proxyConfig() {
        return """
                {"discoveryAddress": "istiod.istio-system.svc:15012", "binaryPath": "%s",
                "configPath": "./etc/istio/proxy", "proxyBootstrapTemplatePath": "%s", "statusPort": 15020,
                "concurrency": 1, "terminationDrainDuration": "0s", "drainDuration": "1s",
                "parentShutdownDuration": "2s", "proxyStatsMatcher": {"inclusionRegexps": [".*"]}}""".formatted(binaries.envoy(), binaries.envoyBootstrap());
    }
}
