package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.ReportItem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which mesh runs in the cluster and how it is set up, as the one item of its report. Pure functions. */
public final class MeshFold {
    private static final String REVISION = "istio.io/rev";
    private static final String NETWORK = "topology.istio.io/network";
    private static final String DNS_CAPTURE = "ISTIO_META_DNS_CAPTURE";
    private static final String DEFAULT_ROOT = "istio-system";

    private MeshFold() {}

    /**
     * @param configs the {@code istio} config maps
     * @param controlPlane pods of istiod
     */
    public static SortedMap<String, ReportItem> of(
            List<Namespace> namespaces, List<ConfigMap> configs, List<Pod> controlPlane, String kubernetesVersion) {
        SortedMap<String, ReportItem> items = new TreeMap<>();
        boolean found = !configs.isEmpty() || !controlPlane.isEmpty();
        MeshItem mesh = found
                ? istio(namespaces, configs, controlPlane, kubernetesVersion)
                : MeshItem.newBuilder().setKubernetesVersion(kubernetesVersion).build();
        NamespaceFold.put(items, found ? "istio" : "none", item -> item.setMesh(mesh));
        return items;
    }

    private static MeshItem istio(
            List<Namespace> namespaces, List<ConfigMap> configs, List<Pod> controlPlane, String kubernetesVersion) {
        Map<?, ?> mesh = configs.stream()
                .findFirst()
                .map(config ->
                        yaml(config.getData() == null ? null : config.getData().get("mesh")))
                .orElse(Map.of());
        String home = configs.stream()
                .findFirst()
                .map(config -> config.getMetadata().getNamespace())
                .or(() -> controlPlane.stream()
                        .findFirst()
                        .map(pod -> pod.getMetadata().getNamespace()))
                .orElse(DEFAULT_ROOT);
        TreeSet<String> revisions = new TreeSet<>();
        controlPlane.forEach(pod -> revisions.add(Instance.labels(pod).getOrDefault(REVISION, "default")));
        return MeshItem.newBuilder()
                .setMesh("istio")
                .setVersion(version(controlPlane))
                .setNetwork(network(namespaces, home))
                .setTrustDomain(text(mesh, "trustDomain", "cluster.local"))
                .setRootNamespace(text(mesh, "rootNamespace", home))
                .setDnsCapture(dnsCapture(mesh))
                .addAllRevisions(revisions)
                .setKubernetesVersion(kubernetesVersion)
                .build();
    }

    private static Map<?, ?> yaml(@Nullable String text) {
        if (text == null || text.isBlank()) return Map.of();
        try {
            Map<?, ?> read = Serialization.unmarshal(text, Map.class);
            return read == null ? Map.of() : read;
        } catch (RuntimeException unreadable) {
            return Map.of(); // istiod would not take it either
        }
    }

    private static String text(Map<?, ?> mesh, String key, String otherwise) {
        Object value = mesh.get(key);
        return value == null || value.toString().isEmpty() ? otherwise : value.toString();
    }

    private static boolean dnsCapture(Map<?, ?> mesh) {
        return mesh.get("defaultConfig") instanceof Map<?, ?> proxy
                && proxy.get("proxyMetadata") instanceof Map<?, ?> metadata
                && "true".equalsIgnoreCase(String.valueOf(metadata.get(DNS_CAPTURE)));
    }

    private static String network(List<Namespace> namespaces, String home) {
        return namespaces.stream()
                .filter(namespace -> namespace.getMetadata().getName().equals(home))
                .map(namespace ->
                        ClusterFold.labels(namespace.getMetadata().getLabels()).getOrDefault(NETWORK, ""))
                .findFirst()
                .orElse("");
    }

    /** The tag of istiod's image; the oldest, when an upgrade is under way. */
    private static String version(List<Pod> controlPlane) {
        return controlPlane.stream()
                .flatMap(Instance::containers)
                .filter(container -> "discovery".equals(container.getName()))
                .map(container -> tag(Instance.text(container.getImage())))
                .filter(tag -> !tag.isEmpty())
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static String tag(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf('/') ? named.substring(colon + 1) : "";
    }
}
