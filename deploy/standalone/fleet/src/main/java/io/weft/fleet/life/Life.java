package io.weft.fleet.life;

import io.weft.fleet.cluster.SimulatedCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens in one cluster, by a script that a seed decides: a workload is scaled or rolled out, a version appears for a
 * while, a node is lost and comes back. The same seed on the same content tells the same story. Not thread-safe.
 */
public final class Life {
    /** Between two looks of those who play the controllers: a rollout is seen to go on. */
    public static final Duration LOOK = Duration.ofSeconds(3);

    private static final int MOST_INSTANCES = 4;
    private static final String APPS = "apps/v1";
    private static final String CANARY = "canary";
    private static final String LOST = "NodeStatusUnknown";

    private final SimulatedCluster cluster;
    private final Controllers controllers;
    private final Random random;
    private final Consumer<String> told;

    /** @param told hears in words what happens */
    public Life(SimulatedCluster cluster, InstantSource clock, long seed, Consumer<String> told) {
        this.cluster = cluster;
        this.controllers = new Controllers(cluster, clock);
        this.random = new Random(seed ^ cluster.name().hashCode());
        this.told = told;
    }

    /** Everything has what it should have. */
    public void settle() {
        controllers.settle();
    }

    /** One step of those who play the controllers; @return whether there was something to do */
    public boolean look() {
        return controllers.look();
    }

    /** The next thing happens. */
    public void happen() {
        int chance = random.nextInt(10);
        if (lost().isPresent() && chance < 6) nodeReturns();
        else if (chance < 4) scale();
        else if (chance < 7) rollOut();
        else if (chance < 9) canary();
        else loseNode();
    }

    /** One more instance of some Deployment, or one less. */
    public void scale() {
        pick().ifPresent(workload -> {
            int before = workload.path("spec").path("replicas").asInt(1);
            boolean more = before <= 1 || before < MOST_INSTANCES && random.nextBoolean();
            int now = more ? before + 1 : before - 1;
            ((ObjectNode) workload.path("spec")).put("replicas", now);
            cluster.put(workload);
            say(workload, "scaled from " + before + " to " + now);
        });
    }

    /** The instances of some Deployment are exchanged, one after the other. */
    public void rollOut() {
        pick().ifPresent(workload -> {
            ObjectNode metadata =
                    (ObjectNode) workload.path("spec").path("template").path("metadata");
            ObjectNode annotations = metadata.path("annotations") instanceof ObjectNode there
                    ? there
                    : metadata.putObject("annotations");
            int build = annotations.path("example.com/build").asInt(100) + 1;
            annotations.put("example.com/build", Integer.toString(build));
            cluster.put(workload);
            say(workload, "rolled out, build " + build);
        });
    }

    /** A version on trial of some service, with one instance; or the one that is there goes again. */
    public void canary() {
        Optional<ObjectNode> there = deployments().stream()
                .filter(each -> Controllers.name(each).endsWith("-" + CANARY))
                .findFirst();
        if (there.isPresent()) {
            ObjectNode workload = there.get();
            ((ObjectNode) workload.path("spec")).put("replicas", 0);
            cluster.put(workload);
            controllers.settle();
            cluster.delete(APPS, "Deployment", Controllers.namespace(workload), Controllers.name(workload));
            say(workload, "withdrawn");
            return;
        }
        pick().ifPresent(workload -> {
            String app = workload.path("metadata").path("labels").path("app").asString("");
            ObjectNode trial = workload.deepCopy();
            trial.remove("status");
            ObjectNode metadata = (ObjectNode) trial.path("metadata");
            metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"));
            metadata.put("name", app + "-" + CANARY);
            ObjectNode spec = (ObjectNode) trial.path("spec");
            spec.put("replicas", 1);
            ((ObjectNode) spec.path("selector").path("matchLabels")).put("version", CANARY);
            ((ObjectNode) spec.path("template").path("metadata").path("labels")).put("version", CANARY);
            cluster.put(trial);
            say(trial, "deployed on trial");
        });
    }

    /** A node says nothing any more; the pods on it are not ready. One at a time. */
    public void loseNode() {
        List<ObjectNode> nodes = cluster.list("v1", "Node", "");
        if (lost().isPresent() || nodes.size() < 2) return;
        ObjectNode node = nodes.get(random.nextInt(nodes.size()));
        condition(node, "Unknown", LOST);
        told.accept("node " + Controllers.name(node) + " is lost");
    }

    /** The lost one is back. */
    public void nodeReturns() {
        lost().ifPresent(node -> {
            condition(node, "True", "KubeletReady");
            told.accept("node " + Controllers.name(node) + " is back");
        });
    }

    private Optional<ObjectNode> lost() {
        return cluster.list("v1", "Node", "").stream()
                .filter(node -> !Controllers.ready(node))
                .findFirst();
    }

    private void condition(ObjectNode node, String ready, String reason) {
        ((ObjectNode) node.path("status"))
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", ready)
                .put("reason", reason);
        cluster.put(node);
    }

    private List<ObjectNode> deployments() {
        return cluster.list(APPS, "Deployment", "").stream()
                .filter(each -> !List.of("weft-system", "istio-system").contains(Controllers.namespace(each)))
                .toList();
    }

    private Optional<ObjectNode> pick() {
        List<ObjectNode> all = deployments().stream()
                .filter(each -> !Controllers.name(each).endsWith("-" + CANARY))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private void say(ObjectNode workload, String what) {
        told.accept(Controllers.namespace(workload) + "/" + Controllers.name(workload) + " " + what);
    }
}
