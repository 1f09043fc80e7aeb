package io.weft.it.real;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs the pods of one namespace as processes of this machine: what a scheduler and a kubelet would do for an applied
 * Deployment. It binds a pod to its node, runs its container from an image archive, reports readiness by the readiness
 * probe, starts it again when it ends or fails its liveness probe, and stops it when the pod is deleted. An image
 * without a base, as {@code target/jib-image.tar} is, gets this machine's libraries and JDK below its layers. Startup
 * probes, several containers, and refreshing of mounted files are not there; what it cannot do it says in the pod's status.
 *
 * <p>Without a {@link PodNetwork} all pods share this machine's network, and two that listen on one port do not fit.
 *
 * {@snippet :
 * try (ControlPlane plane = ControlPlane.start();
 *         KubeletStandIn kubelet = KubeletStandIn.start(plane, "weft-system", Map.of("weft/agent:0.1.0", tar))) {
 *     plane.apply(manifest);
 *     await().until(() -> plane.client().apps().deployments()
 *             .inNamespace("weft-system").withName("weft-agent").isReady());
 * }
 * }
 */
public final class KubeletStandIn implements AutoCloseable {
    static final String NODE = "stand-in";
    private static final long PERIOD_MILLIS = 200;
    private static final System.Logger LOG = System.getLogger(KubeletStandIn.class.getName());

    private final ControlPlane plane;
    private final String namespace;
    private final Map<String, Path> archives;
    private final Map<String, ImageArchive> images = new ConcurrentHashMap<>();
    private final Map<String, StandInPod> running = new ConcurrentHashMap<>();
    private final Supplier<PodPlace> places;
    private final Path folder;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kubelet-", 0).factory());

    private KubeletStandIn(
            ControlPlane plane, String namespace, Map<String, Path> archives, Supplier<PodPlace> places, Path folder) {
        this.plane = plane;
        this.namespace = namespace;
        this.archives = Map.copyOf(archives);
        this.places = places;
        this.folder = folder;
    }

    /** @param archives the tar or directory of each image, by the name that the pods use */
    public static KubeletStandIn start(ControlPlane plane, String namespace, Map<String, Path> archives) {
        return start(plane, namespace, archives, PodPlace::ofThisMachine);
    }

    /** Each pod with an address of its own. */
    public static KubeletStandIn start(
            ControlPlane plane, String namespace, Map<String, Path> archives, PodNetwork network) {
        return start(plane, namespace, archives, network::add);
    }

    private static KubeletStandIn start(
            ControlPlane plane, String namespace, Map<String, Path> archives, Supplier<PodPlace> places) {
        plane.apply("""
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                """.formatted(NODE));
        KubeletStandIn kubelet = new KubeletStandIn(plane, namespace, archives, places, temporaryFolder());
        var unused = kubelet.rounds.scheduleWithFixedDelay(kubelet::round, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return kubelet;
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("weft-kubelet");
            Shell.must("chmod", "755", folder.toString());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the container of this pod has written, over all its starts. */
    public String output(String pod) {
        StandInPod found = running.get(pod);
        if (found == null) {
            throw new IllegalArgumentException("pod: " + pod + " (expected: one of " + running.keySet() + ")");
        }
        return found.output();
    }

    /** The names of the pods that it runs. */
    public List<String> pods() {
        return running.keySet().stream().sorted().toList();
    }

    /** SIGKILL to the container of this pod; it is started again. */
    public void kill(String pod) {
        StandInPod found = running.get(pod);
        if (found != null) {
            found.kill();
        }
    }

    /** Stops the container of this pod from running without ending it: only its liveness probe will tell. */
    public void freeze(String pod) {
        StandInPod found = running.get(pod);
        if (found != null) {
            found.freeze();
        }
    }

    /**
     * One look at what should run and what does. Whatever goes wrong with one pod, or with an API server that is away,
     * is tried again in the next round: an exception would end the rounds.
     */
    private void round() {
        List<Pod> wanted;
        try {
            wanted = plane.client().pods().inNamespace(namespace).list().getItems();
        } catch (KubernetesClientException unreachable) {
            running.values().forEach(StandInPod::startAgainIfEnded);
            return;
        }
        List<String> names =
                wanted.stream().map(pod -> pod.getMetadata().getName()).toList();
        for (Pod pod : wanted) {
            try {
                look(pod);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.INFO, "pod " + pod.getMetadata().getName(), e);
            }
        }
        running.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::forget);
    }

    private void look(Pod pod) {
        String name = pod.getMetadata().getName();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            forget(name);
            plane.client().pods().resource(pod).withGracePeriod(0).delete();
            return;
        }
        StandInPod process = running.computeIfAbsent(name, each -> {
            bind(pod);
            return new StandInPod(pod, plane, this::image, folder.resolve(each), places.get());
        });
        process.killIfNotLive();
        process.startAgainIfEnded();
        process.report();
    }

    private void bind(Pod pod) {
        if (pod.getSpec().getNodeName() == null) {
            plane.client()
                    .bindings()
                    .inNamespace(namespace)
                    .resource(new BindingBuilder()
                            .withNewMetadata()
                            .withName(pod.getMetadata().getName())
                            .endMetadata()
                            .withNewTarget()
                            .withKind("Node")
                            .withName(NODE)
                            .endTarget()
                            .build())
                    .create();
        }
    }

    private ImageArchive image(String name) {
        Path archive = archives.get(name);
        if (archive == null) {
            throw new UnsupportedOperationException("image: " + name + " (expected: one of " + archives.keySet() + ")");
        }
        return images.computeIfAbsent(
                name, each -> ImageArchive.unpack(archive, folder.resolve("image-" + images.size())));
    }

    private void forget(String name) {
        StandInPod process = running.remove(name);
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        rounds.close();
        running.keySet().stream().toList().forEach(this::forget);
        Shell.must("rm", "-rf", folder.toString());
    }
}
