package io.weft.it.real;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Several clusters with a mesh each, real down to the bytes on the wire. From nothing to ready in about 15 s, 1.5 GiB
 * for two clusters with ten pods. Nothing of it outlives this JVM, even if that is killed.
 */
public final class MeshLab implements AutoCloseable {
    private static final Map<LabSpec, MeshLab> SHARED = new ConcurrentHashMap<>();

    private final LabSlot slot;
    private final LabNetwork network;
    private final RealClusterBinaries binaries;
    private final Map<String, MeshCluster> clusters = new LinkedHashMap<>();
    private final Map<String, MeshPod> pods = new ConcurrentHashMap<>();
    private final Map<String, String> wanInterfaces = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final List<String> names;

    private MeshLab(LabSpec spec, RealClusterBinaries binaries) {
        this.binaries = binaries;
        this.slot = LabSlot.take();
        this.network = new LabNetwork(slot);
        this.names = spec.clusters().stream().map(ClusterSpec::name).toList();
    }

    /** A lab of its own for the caller, who closes it. */
    public static MeshLab start(LabSpec spec) {
        MeshLab lab = new MeshLab(spec, RealClusterBinaries.require());
        try {
            lab.build(spec);
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** The lab of this description that all tests of this JVM share; it ends with the JVM. Leave it as you found it. */
    public static MeshLab shared(LabSpec spec) {
        return SHARED.computeIfAbsent(spec, wanted -> {
            MeshLab lab = start(wanted);
            Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
            return lab;
        });
    }

    private void build(LabSpec spec) {
        network.create(spec.clusters().size());
        CertificateAuthority root = CertificateAuthority.root("O=lab, CN=root");
        List<MeshCluster> started = parallel(spec.clusters(), each -> {
            int index = spec.clusters().indexOf(each);
            MeshCluster cluster = new MeshCluster(each, index, slot, network, binaries, root);
            synchronized (clusters) {
                clusters.put(each.name(), cluster);
            }
            return cluster;
        });
        inParallel(started, cluster -> cluster.install(spec.extensionProviders()));
        inParallel(started, cluster -> cluster.spec().pods().forEach(pod -> launch(cluster, pod)));
        inParallel(List.copyOf(pods.values()), MeshPod::awaitReady);
    }

    private MeshPod launch(MeshCluster cluster, PodSpec spec) {
        int index = names.indexOf(cluster.name());
        int host = addresses.merge(cluster.name(), 10, (before, first) -> before + 1);
        String address = slot.clusterNet(index) + ".1." + host;
        String wan = network.add(spec, index, address, cluster.gatewayAddress());
        if (!wan.isEmpty()) {
            wanInterfaces.put(cluster.name(), wan);
        }
        MeshPod pod = new MeshPod(spec, cluster, address, network.podEntrance(spec), binaries);
        cluster.apply(MeshObjects.surroundings(spec));
        if (!wan.isEmpty()) {
            cluster.api()
                    .patchStatus(
                            "/api/v1/namespaces/" + spec.namespace() + "/services/eastwestgateway",
                            "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"%s\"}]}}}"
                                    .formatted(cluster.gatewayAddress()));
        }
        pod.announce();
        pods.put(spec.name(), pod);
        pod.launch();
        return pod;
    }

    /** In the order of the description. */
    public List<MeshCluster> clusters() {
        return names.stream().map(this::cluster).toList();
    }

    /** @throws IllegalArgumentException if the lab has none of this name */
    public MeshCluster cluster(String name) {
        return named(clusters, name);
    }

    /** @throws IllegalArgumentException if the lab has none of this name */
    public MeshPod pod(String name) {
        return named(pods, name);
    }

    private static <V> V named(Map<String, V> all, String name) {
        V value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("name: " + name + " (expected: one of " + all.keySet() + ")");
        }
        return value;
    }

    /** All pods of a cluster that run an application. */
    public List<MeshPod> servers(String cluster) {
        return pods.values().stream()
                .filter(pod ->
                        pod.cluster().name().equals(cluster) && pod.spec().kind() == PodSpec.Kind.SERVER)
                .toList();
    }

    /** Adds a pod, and the Service in front of it if it is the first of its name; returns when Envoy is ready. */
    public MeshPod addPod(String cluster, PodSpec spec) {
        MeshPod pod = launch(cluster(cluster), spec);
        pod.awaitReady();
        return pod;
    }

    /** Deletes the pod and its object; its Service, account and namespace stay. */
    public void removePod(String name) {
        MeshPod pod = pod(name);
        pods.remove(name);
        pod.cluster().delete(MeshObjects.pod(pod.spec(), pod.cluster().name()));
        pod.close();
        network.remove(pod.spec());
    }

    /** The address of this machine for pods; see {@link #openToPods}. */
    public String hostAddress() {
        return slot.hostAddress();
    }

    /** Lets pods of all clusters reach this port of {@link #hostAddress}. */
    public void openToPods(int port) {
        network.open(port);
    }

    /** Cuts the wide area link of a cluster's gateway; nothing is refused, nothing arrives. */
    public void cutLink(String cluster) {
        network.cut(named(wanInterfaces, cluster), true);
    }

    public void restoreLink(String cluster) {
        network.cut(named(wanInterfaces, cluster), false);
    }

    /**
     * What any Envoy of the lab has refused since it started, as {@code pod counter count}. One that refuses an update
     * goes on with the configuration before and looks healthy.
     */
    public List<String> rejectedUpdates() {
        List<String> rejected = new ArrayList<>();
        parallel(
                        List.copyOf(pods.values()),
                        pod -> pod.envoy().rejectedUpdates().entrySet().stream()
                                .map(entry -> pod.name() + " " + entry.getKey() + " " + entry.getValue())
                                .toList())
                .forEach(rejected::addAll);
        return rejected;
    }

    @Override
    public void close() {
        inParallel(List.copyOf(pods.values()), MeshPod::close);
        inParallel(List.copyOf(clusters.values()), MeshCluster::close);
        slot.close();
    }

    private static <T> void inParallel(List<T> items, Consumer<T> task) {
        var unused = parallel(items, item -> {
            task.accept(item);
            return item;
        });
    }

    private static <T, R> List<R> parallel(List<T> items, Function<T, R> task) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = items.stream()
                    .map(item -> executor.submit(() -> task.apply(item)))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
