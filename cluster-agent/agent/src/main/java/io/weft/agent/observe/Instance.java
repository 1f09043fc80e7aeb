package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.weft.protocol.v1.InstanceItem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod says about itself. */
final class Instance {
    private static final String PROXY = "istio-proxy";

    private Instance() {}

    static InstanceItem of(Pod pod) {
        var metadata = pod.getMetadata();
        var spec = pod.getSpec();
        var status = pod.getStatus();
        OwnerReference owner = controller(pod);
        return InstanceItem.newBuilder()
                .setNamespace(metadata.getNamespace())
                .setName(metadata.getName())
                .setNode(text(spec.getNodeName()))
                .setAddress(status == null ? "" : text(status.getPodIP()))
                .setReady(ready(pod))
                .setPhase(status == null ? "" : text(status.getPhase()))
                .putAllLabels(labels(pod))
                .setServiceAccount(serviceAccount(pod))
                .setMeshed(meshed(pod))
                .setWorkloadKind(owner == null ? "Pod" : workloadKind(pod, owner))
                .setWorkload(owner == null ? metadata.getName() : workload(pod, owner))
                .setStarted(status == null ? "" : text(status.getStartTime()))
                .build();
    }

    static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    static String serviceAccount(Pod pod) {
        return Workload.account(pod.getSpec().getServiceAccountName());
    }

    /** May get requests: Ready, and not on its way out. */
    static boolean ready(Pod pod) {
        if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) return false;
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Ended for good: completed jobs and evicted pods linger in the API server. */
    static boolean over(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    static boolean meshed(Pod pod) {
        Map<String, String> labels = labels(pod);
        return "istio".equals(labels.get("security.istio.io/tlsMode"))
                || labels.containsKey("service.istio.io/canonical-name")
                || containers(pod).anyMatch(container -> PROXY.equals(container.getName()));
    }

    /** A sidecar may stand among either. */
    static Stream<Container> containers(Pod pod) {
        List<Container> initial = pod.getSpec().getInitContainers();
        return Stream.concat(pod.getSpec().getContainers().stream(), initial == null ? Stream.of() : initial.stream());
    }

    private static @Nullable OwnerReference controller(Pod pod) {
        List<OwnerReference> owners = pod.getMetadata().getOwnerReferences();
        if (owners == null) return null;
        return owners.stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .orElse(null);
    }

    private static String workloadKind(Pod pod, OwnerReference owner) {
        return ofDeployment(pod, owner) ? "Deployment" : text(owner.getKind());
    }

    private static String workload(Pod pod, OwnerReference owner) {
        String name = text(owner.getName());
        return ofDeployment(pod, owner)
                ? name.substring(0, name.length() - suffix(pod).length())
                : name;
    }

    /** A Deployment names its ReplicaSets after itself and the hash that the pods carry: no need to watch those too. */
    private static boolean ofDeployment(Pod pod, OwnerReference owner) {
        String suffix = suffix(pod);
        return "ReplicaSet".equals(owner.getKind())
                && suffix.length() > 1
                && text(owner.getName()).endsWith(suffix);
    }

    private static String suffix(Pod pod) {
        return "-" + text(labels(pod).get("pod-template-hash"));
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
