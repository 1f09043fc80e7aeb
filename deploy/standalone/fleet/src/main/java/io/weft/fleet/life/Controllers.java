package io.weft.fleet.life;

import io.weft.fleet.cluster.SimulatedCluster;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays scheduler, kubelets and the controllers of workloads, for all namespaces but Weft's own: each workload gets its
 * pods, a pod that was made is ready one look later, one of another template is exchanged, one at a look, and pods of a node
 * that is lost are not ready.
 */
final class Controllers {
    private static final String APPS = "apps/v1";
    private static final String OWNER = "weft.io/simulated-owner";
    private static final String WEFT = "weft-system";

    private final SimulatedCluster cluster;
    private final InstantSource clock;

    Controllers(SimulatedCluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Until nothing is left to be done. */
    void settle() {
        for (int look = 0; look < 20 && look(); look++) continue;
    }

    /** @return whether something was done */
    boolean look() {
        List<String> nodes = cluster.list("v1", "Node", "").stream()
                .filter(Controllers::ready)
                .map(Controllers::name)
                .toList();
        // Read once: many times as many are read as written.
        Map<String, List<ObjectNode>> pods =
                cluster.list("v1", "Pod", "").stream().collect(Collectors.groupingBy(Controllers::owner));
        boolean done = false;
        for (String kind : List.of("Deployment", "StatefulSet")) {
            for (ObjectNode workload : cluster.list(APPS, kind, "")) {
                if (namespace(workload).equals(WEFT)) continue;
                String owner = namespace(workload) + "/" + kind + "/" + name(workload);
                done |= look(workload, kind, pods.getOrDefault(owner, List.of()), nodes);
            }
        }
        return done;
    }

    private static String owner(ObjectNode pod) {
        return namespace(pod) + "/"
                + pod.path("metadata").path("annotations").path(OWNER).asString("");
    }

    private boolean look(ObjectNode workload, String kind, List<ObjectNode> pods, List<String> nodes) {
        int wanted = workload.path("spec").path("replicas").asInt(1);
        String template = template(workload);
        boolean done = false;
        for (ObjectNode pod : pods) done |= kubelet(pod, nodes);
        done |= status(workload, pods);
        List<ObjectNode> old = pods.stream()
                .filter(pod -> !label(pod, "pod-template-hash").equals(template))
                .toList();
        if (!old.isEmpty() && pods.size() > wanted) {
            delete(old.getFirst());
        } else if (pods.size() > wanted) {
            pods.stream()
                    .sorted(Comparator.comparing(Controllers::name).reversed())
                    .limit(pods.size() - wanted)
                    .forEach(this::delete);
        } else if (!nodes.isEmpty() && (pods.size() < wanted || !old.isEmpty())) {
            Set<String> names = pods.stream().map(Controllers::name).collect(Collectors.toSet());
            int more = pods.size() < wanted ? wanted - pods.size() : 1;
            IntStream.range(0, wanted + more)
                    .mapToObj(index -> podName(workload, kind, template, index))
                    .filter(name -> !names.contains(name))
                    .limit(more)
                    .forEach(name -> make(workload, kind, template, name, nodes));
        } else {
            return done;
        }
        return true;
    }

    /** As its name has it: of the same template the same pods come again. */
    private static String podName(ObjectNode workload, String kind, String template, int index) {
        if (kind.equals("StatefulSet")) return name(workload) + "-" + index;
        int mixed = Objects.hash(name(workload), template, index) * 0x9E3779B1;
        String random = Integer.toUnsignedString(mixed, 36);
        return name(workload) + "-" + template + "-"
                + ("00000" + random).substring(random.length()).substring(0, 5);
    }

    private static String template(ObjectNode workload) {
        int hash = workload.path("spec").path("template").toString().hashCode();
        return Integer.toUnsignedString(hash, 36).toLowerCase(Locale.ROOT);
    }

    private void make(ObjectNode workload, String kind, String template, String name, List<String> nodes) {
        ObjectNode pod =
                JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", namespace(workload));
        JsonNode of = workload.path("spec").path("template");
        ObjectNode labels = metadata.putObject("labels");
        if (of.path("metadata").path("labels") instanceof ObjectNode given) labels.setAll(given);
        labels.put("pod-template-hash", template);
        metadata.putObject("annotations").put(OWNER, kind + "/" + name(workload));
        boolean set = kind.equals("StatefulSet");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", APPS)
                .put("kind", set ? kind : "ReplicaSet")
                .put("name", set ? name(workload) : name(workload) + "-" + template)
                .put("uid", workload.path("metadata").path("uid").asString(""))
                .put("controller", true);
        String node = nodes.get(Math.floorMod(name.hashCode(), nodes.size()));
        pod.set("spec", of.path("spec").deepCopy());
        ((ObjectNode) pod.path("spec")).put("nodeName", node);
        pod.putObject("status").put("phase", "Pending").putArray("conditions");
        cluster.put(pod);
    }

    private void delete(ObjectNode pod) {
        cluster.delete("v1", "Pod", namespace(pod), name(pod));
    }

    /** A pod runs when its node does. */
    private boolean kubelet(ObjectNode pod, List<String> nodes) {
        boolean up = nodes.contains(pod.path("spec").path("nodeName").asString(""));
        if (ready(pod) == up) return false;
        ObjectNode status = (ObjectNode) pod.path("status");
        if (!status.has("startTime")) {
            status.put("phase", "Running")
                    .put(
                            "startTime",
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            // Nobody may try to reach it: where istiod has no address, none is asked what is live.
            if (!label(pod, "app").equals("istiod")) status.put("podIP", address(pod));
        }
        status.putArray("conditions").addObject().put("type", "Ready").put("status", up ? "True" : "False");
        cluster.put(pod);
        return true;
    }

    private static String address(ObjectNode pod) {
        int hash = (namespace(pod) + name(pod)).hashCode();
        return "10." + (64 + (hash >>> 24) % 64) + "." + (hash >>> 8 & 255) + "." + (1 + (hash & 255) % 254);
    }

    private boolean status(ObjectNode workload, List<ObjectNode> pods) {
        long ready = pods.stream().filter(Controllers::ready).count();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("replicas", pods.size()).put("readyReplicas", (int) ready).put("availableReplicas", (int) ready);
        if (status.equals(workload.path("status"))) return false;
        ObjectNode next = workload.deepCopy();
        next.set("status", status);
        cluster.put(next);
        return true;
    }

    static boolean ready(ObjectNode object) {
        return object.path("status")
                .path("conditions")
                .valueStream()
                .anyMatch(each -> each.path("type").asString("").equals("Ready")
                        && each.path("status").asString("").equals("True"));
    }

    static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asString("");
    }

    private static String label(ObjectNode object, String name) {
        return object.path("metadata").path("labels").path(name).asString("");
    }
}
