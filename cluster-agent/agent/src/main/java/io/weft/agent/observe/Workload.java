package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes instances.
 *
 * @param podLabels of the instances that it makes
 * @param desired instances
 */
public record Workload(
        String kind, String namespace, String name, Map<String, String> podLabels, String serviceAccount, int desired) {
    public static Workload of(Deployment object) {
        var metadata = object.getMetadata();
        var spec = object.getSpec();
        int desired = spec.getReplicas() == null ? 1 : spec.getReplicas();
        return of("Deployment", metadata.getNamespace(), metadata.getName(), spec.getTemplate(), desired);
    }

    public static Workload of(StatefulSet object) {
        var metadata = object.getMetadata();
        var spec = object.getSpec();
        int desired = spec.getReplicas() == null ? 1 : spec.getReplicas();
        return of("StatefulSet", metadata.getNamespace(), metadata.getName(), spec.getTemplate(), desired);
    }

    public static Workload of(DaemonSet object) {
        var metadata = object.getMetadata();
        var status = object.getStatus();
        int desired =
                status == null || status.getDesiredNumberScheduled() == null ? 0 : status.getDesiredNumberScheduled();
        var template = object.getSpec().getTemplate();
        return of("DaemonSet", metadata.getNamespace(), metadata.getName(), template, desired);
    }

    private static Workload of(String kind, String namespace, String name, PodTemplateSpec template, int desired) {
        Map<String, String> labels =
                template.getMetadata() == null ? null : template.getMetadata().getLabels();
        String account = template.getSpec() == null ? null : template.getSpec().getServiceAccountName();
        return new Workload(kind, namespace, name, labels == null ? Map.of() : labels, account(account), desired);
    }

    static String account(@Nullable String name) {
        return name == null || name.isEmpty() ? "default" : name;
    }
}
