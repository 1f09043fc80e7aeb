package io.weft.agent.discover;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.weft.agent.observe.ClusterView;
import io.weft.agent.observe.Observer.Place;
import io.weft.agent.observe.Workload;
import io.weft.protocol.v1.ReportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Watches everything that is reported. */
public final class ClusterWatches implements ClusterView, AutoCloseable {
    private static final Place CLUSTER = new Place.Cluster();
    private static final String ISTIOD = "istiod";

    private final KubernetesClient client;
    private final String meshNamespace;
    private final Watch<Namespace> namespaces;
    private final Watch<Node> nodes;
    private final Watch<Service> services;
    private final Watch<Pod> pods;
    private final Watch<Deployment> deployments;
    private final Watch<StatefulSet> statefulSets;
    private final Watch<DaemonSet> daemonSets;
    private final Watch<ConfigMap> meshConfig;
    private volatile String kubernetesVersion = "";

    /**
     * @param meshNamespace where the mesh's control plane lives
     * @param touched hears where to look again, from many threads
     */
    public ClusterWatches(KubernetesClient client, String meshNamespace, Consumer<Place> touched) {
        this.client = client;
        this.meshNamespace = meshNamespace;
        Consumer<HasMetadata> cluster = object -> touched.accept(CLUSTER);
        Consumer<HasMetadata> within =
                object -> touched.accept(new Place.Within(object.getMetadata().getNamespace()));
        this.namespaces = new Watch<>("namespaces", client.namespaces(), cluster::accept);
        this.nodes = new Watch<>("nodes", client.nodes(), cluster::accept);
        this.services = new Watch<>("services", client.services().inAnyNamespace(), object -> {
            within.accept(object);
            touched.accept(CLUSTER); // may be a gateway
        });
        this.pods = new Watch<>("pods", client.pods().inAnyNamespace(), object -> {
            within.accept(object);
            if (isControlPlane(object)) touched.accept(CLUSTER);
        });
        this.deployments =
                new Watch<>("deployments", client.apps().deployments().inAnyNamespace(), within::accept);
        this.statefulSets =
                new Watch<>("statefulsets", client.apps().statefulSets().inAnyNamespace(), within::accept);
        this.daemonSets = new Watch<>("daemonsets", client.apps().daemonSets().inAnyNamespace(), within::accept);
        this.meshConfig = new Watch<>(
                "the mesh's configmap",
                client.configMaps().inNamespace(meshNamespace).withField("metadata.name", "istio"),
                cluster::accept);
    }

    public void start() {
        all().forEach(Watch::start);
    }

    private Stream<Watch<?>> all() {
        return Stream.of(namespaces, nodes, services, pods, deployments, statefulSets, daemonSets, meshConfig);
    }

    /** Reads what cannot be watched. Blocks; called now and then. */
    public void refresh() {
        try {
            kubernetesVersion = client.getKubernetesVersion().getGitVersion();
        } catch (KubernetesClientException e) {
            // It was not worth a line in the log: the last answer is as good.
        }
    }

    /** Finds out why watches are broken, where some are. Blocks; called every few seconds. */
    public void askWhy() {
        all().forEach(Watch::askWhy);
    }

    private boolean isControlPlane(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return meshNamespace.equals(pod.getMetadata().getNamespace())
                && labels != null
                && ISTIOD.equals(labels.get("app"));
    }

    @Override
    public List<Namespace> namespaces() {
        return namespaces.all();
    }

    @Override
    public List<Node> nodes() {
        return nodes.all();
    }

    @Override
    public List<Service> services() {
        return services.all();
    }

    @Override
    public List<Service> services(String namespace) {
        return services.in(namespace);
    }

    @Override
    public List<Pod> pods(String namespace) {
        return pods.in(namespace);
    }

    @Override
    public List<Workload> workloads(String namespace) {
        List<Workload> workloads = new ArrayList<>();
        deployments.in(namespace).forEach(each -> workloads.add(Workload.of(each)));
        statefulSets.in(namespace).forEach(each -> workloads.add(Workload.of(each)));
        daemonSets.in(namespace).forEach(each -> workloads.add(Workload.of(each)));
        return workloads;
    }

    @Override
    public List<ConfigMap> meshConfigs() {
        return meshConfig.all();
    }

    @Override
    public List<Pod> controlPlanePods() {
        return pods.in(meshNamespace).stream().filter(this::isControlPlane).toList();
    }

    @Override
    public String kubernetesVersion() {
        return kubernetesVersion;
    }

    @Override
    public String incompleteReason(ReportKind kind) {
        return sources(kind)
                .map(Watch::incompleteReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Stream<Watch<?>> sources(ReportKind kind) {
        return switch (kind) {
            case REPORT_KIND_NAMESPACE -> Stream.of(namespaces);
            case REPORT_KIND_NODE -> Stream.of(nodes);
            case REPORT_KIND_SERVICE -> Stream.of(services, pods);
            case REPORT_KIND_VERSION -> Stream.of(services, pods, deployments, statefulSets, daemonSets, nodes);
            case REPORT_KIND_INSTANCE -> Stream.of(pods);
            case REPORT_KIND_GATEWAY -> Stream.of(services);
            case REPORT_KIND_MESH -> Stream.of(namespaces, pods, meshConfig);
            case REPORT_KIND_UNSPECIFIED, UNRECOGNIZED -> Stream.of();
        };
    }

    @Override
    public void close() {
        all().forEach(Watch::close);
    }
}
