package io.weft.it.real;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pod that the stand-in runs: its process over all starts, and what was last said of it. */
final class StandInPod implements AutoCloseable {
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

    private final Pod pod;
    private final Container container;
    private final ControlPlane plane;
    private final Function<String, ImageArchive> images;
    private final Path folder;
    private final PodPlace place;
    private final ContainerProbes probes;
    private final Instant created = Instant.now();
    private @Nullable ChildProcess process;
    private Instant lastStart = Instant.MIN;
    private int starts;
    private String refusal = "";
    private String reported = "";

    StandInPod(Pod pod, ControlPlane plane, Function<String, ImageArchive> images, Path folder, PodPlace place) {
        this.pod = pod;
        this.container = pod.getSpec().getContainers().getFirst();
        this.plane = plane;
        this.images = images;
        this.folder = folder;
        this.place = place;
        this.probes = new ContainerProbes(container, place.probed());
    }

    /** As the kubelet does when the liveness probe failed too often; what ended is started again. */
    synchronized void killIfNotLive() {
        if (process != null && process.isAlive() && probes.failedLiveness(lastStart, Instant.now())) {
            process.kill();
        }
    }

    synchronized void startAgainIfEnded() {
        if (process != null && process.isAlive()) {
            return;
        }
        if (process != null) {
            process.releaseInput();
        }
        if (Instant.now().isBefore(lastStart.plus(BETWEEN_STARTS))) {
            return;
        }
        lastStart = Instant.now();
        try {
            Path root = folder.resolve(Integer.toString(starts));
            ControlPlaneKeys.write(root.resolve("output.log"), "");
            process = new StandInContainer(pod, images.apply(container.getImage()), root, plane, place).start();
            starts++;
            refusal = "";
        } catch (UnsupportedOperationException | IllegalStateException e) {
            refusal = String.valueOf(e.getMessage());
        }
    }

    /** Writes the status where it differs from what was written last. */
    synchronized void report() {
        boolean ready = process != null && process.isAlive() && ready();
        String now = ready + " " + starts + " " + refusal;
        if (!now.equals(reported)) {
            plane.api()
                    .patchStatus(
                            "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                                    + pod.getMetadata().getName(),
                            status(ready));
            reported = now;
        }
    }

    private boolean ready() {
        try {
            return probes.ready();
        } catch (UnsupportedOperationException e) {
            refusal = String.valueOf(e.getMessage());
            return false;
        }
    }

    private String status(boolean ready) {
        String state = refusal.isEmpty()
                ? "{\"running\":{\"startedAt\":\"%s\"}}".formatted(seconds(lastStart))
                : "{\"waiting\":{\"reason\":\"CreateContainerError\",\"message\":\"%s\"}}"
                        .formatted(
                                refusal.replace("\\", "\\\\").replace("\"", "'").replace("\n", " "));
        return """
                {"status": {"phase": "%1$s", "podIP": "%2$s", "podIPs": [{"ip": "%2$s"}], "hostIP": "%2$s",
                "startTime": "%3$s", "conditions": [
                  {"type": "PodScheduled", "status": "True", "lastTransitionTime": "%3$s"},
                  {"type": "Initialized", "status": "True", "lastTransitionTime": "%3$s"},
                  {"type": "ContainersReady", "status": "%4$s", "lastTransitionTime": "%5$s"},
                  {"type": "Ready", "status": "%4$s", "lastTransitionTime": "%5$s"}],
                "containerStatuses": [{"name": "%6$s", "image": "%7$s", "imageID": "", "ready": %8$b, "started": %9$b,
                  "restartCount": %10$d, "state": %11$s}]}}""".formatted(
                        starts == 0 ? "Pending" : "Running",
                        place.reported(),
                        seconds(created),
                        ready ? "True" : "False",
                        seconds(Instant.now()),
                        container.getName(),
                        container.getImage(),
                        ready,
                        starts > 0,
                        Math.max(0, starts - 1),
                        state);
    }

    private static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }

    synchronized String output() {
        StringBuilder all = new StringBuilder();
        for (int start = 0; start < starts; start++) {
            all.append(MeshCluster.read(folder.resolve(start + "/output.log")));
        }
        return all.toString();
    }

    synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    synchronized void freeze() {
        if (process != null) {
            process.freeze();
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
            process.stop(Duration.ofSeconds(grace == null ? 30 : grace));
            process.releaseInput();
        }
    }
}
