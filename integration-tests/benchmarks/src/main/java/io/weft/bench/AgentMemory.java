package io.weft.bench;

import io.weft.it.real.ControlPlane;
import io.weft.it.real.MeshlessObjects;
import io.weft.it.real.RealClusterBinaries;
import io.weft.it.whole.AgentProcess;
import io.weft.it.whole.Rest;
import io.weft.it.whole.WeftProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * The agent's own process, as its image starts it, on a real API server with 200 services of two pods each (which nothing
 * runs), all of them global, so that it also holds and keeps some 200 services' objects in force.
 */
final class AgentMemory {
    private static final int SERVICES = 200;
    private static final String CLUSTER = "agent-memory";
    private static final Duration WATCHED = Duration.ofSeconds(30);

    private static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: shop, namespace: shop}
            """;

    private AgentMemory() {}

    static void run(Figures figures, WeftProcess weft) throws IOException {
        Figures.progress("the agent's memory, on a real API server");
        try (ControlPlane plane = ControlPlane.start()) {
            plane.apply(Files.readString(RealClusterBinaries.require().istioDefinitions()));
            plane.apply(MeshlessObjects.mesh("memory", "cluster.local"));
            plane.apply(SHOP);
            for (int i = 0; i < SERVICES; i += 20) plane.apply(services(i, i + 20));
            Rest rest = weft.rest(1);
            rest.put(Fleet.TENANT + "/clusters/" + CLUSTER, "spec: {}").good();
            rest.put(Fleet.TENANT + "/global-namespaces/" + CLUSTER, globalNamespace())
                    .good();
            String manifest = rest.post(Fleet.TENANT + "/clusters/" + CLUSTER + "/manifest", "")
                    .good()
                    .body();
            try (AgentProcess agent = AgentProcess.join(plane, CLUSTER, manifest, "127.0.0.1:" + weft.grpcPort(1))) {
                Fleet.await("the agent to apply " + SERVICES + " services", () -> applied(rest));
                tell(figures, agent, rest);
            } finally {
                rest.delete(Fleet.TENANT + "/global-namespaces/" + CLUSTER).good();
                rest.delete(Fleet.TENANT + "/clusters/" + CLUSTER).good();
            }
        }
    }

    private static boolean applied(Rest rest) {
        var bundle = rest.get(Fleet.TENANT + "/clusters/" + CLUSTER + "/bundle")
                .good()
                .json();
        boolean there = bundle.path("objects").asInt() >= SERVICES
                && bundle.path("version")
                        .asString()
                        .equals(bundle.path("applied").path("version").asString(""));
        if (!there) Fleet.pause(Duration.ofSeconds(1));
        return there;
    }

    private static void tell(Figures figures, AgentProcess agent, Rest rest) {
        Fleet.pause(Duration.ofSeconds(10));
        double cpu = Machine.cpuSeconds(agent.pid());
        long begun = System.nanoTime();
        Fleet.pause(WATCHED);
        double percent = (Machine.cpuSeconds(agent.pid()) - cpu) / ((System.nanoTime() - begun) / 1e9) * 100;
        int objects = rest.get(Fleet.TENANT + "/clusters/" + CLUSTER + "/bundle")
                .good()
                .json()
                .path("objects")
                .asInt();
        figures.row(
                "agent process on a real API server, %d services, %d pods, %d objects in force"
                        .formatted(SERVICES, 2 * SERVICES, objects),
                "%s MiB resident, %s %% of a core idle"
                        .formatted(Machine.decimal(Machine.residentMebibytes(agent.pid())), Machine.decimal(percent)),
                "≤ 160 MiB, ≤ 2 %",
                "agent-memory");
    }

    private static String globalNamespace() {
        return """
                spec:
                  domain: memory.example
                  members:
                  - clusterSelector: [{field: name, op: Exact, value: %s}]
                    namespaceSelector: [{field: name, op: Exact, value: shop}]
                """.formatted(CLUSTER);
    }

    private static String services(int from, int to) {
        StringBuilder yaml = new StringBuilder();
        for (int i = from; i < to; i++) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: s%1$d, namespace: shop}
                    spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80, targetPort: 8080}]}
                    """.formatted(i));
            for (int pod = 1; pod <= 2; pod++) {
                yaml.append("---\n").append(MeshlessObjects.pod("s" + i + "-" + pod, "s" + i, "v" + pod, "shop", ""));
            }
        }
        return yaml.toString();
    }
}
