package io.weft.agent.live;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod with a proxy in it.
 *
 * @param ready serves: then its proxy had a configuration once, and must be connected to have the newest
 * @param router as far as the pod tells; a proxy that is connected says so itself
 */
record MeshedPod(String name, String namespace, Map<String, String> labels, boolean ready, boolean router) {
    private static final String PROXY = "istio-proxy";

    MeshedPod {
        labels = Map.copyOf(labels);
    }

    /** As proxies are called. */
    String proxy() {
        return name + "." + namespace;
    }

    static Optional<MeshedPod> of(Pod pod) {
        var metadata = pod.getMetadata();
        List<Container> containers = pod.getSpec().getContainers();
        List<Container> initial = pod.getSpec().getInitContainers();
        boolean meshed = Stream.concat(containers.stream(), initial == null ? Stream.of() : initial.stream())
                .anyMatch(container -> PROXY.equals(container.getName()));
        if (!meshed) return Optional.empty();
        boolean alone =
                containers.size() == 1 && PROXY.equals(containers.getFirst().getName());
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        return Optional.of(new MeshedPod(metadata.getName(), metadata.getNamespace(), labels, ready(pod), alone));
    }

    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
    }
}
