package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.VersionItem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One namespace's services, their versions, and instances, as items of reports. A pure function. */
public final class NamespaceFold {
    /** Instances that differ in it are different versions; what subsets select by. */
    static final String VERSION = "version";

    private NamespaceFold() {}

    /** @param localities {@code region/zone} by name of node */
    public static Map<ReportKind, SortedMap<String, ReportItem>> of(
            List<Service> services, List<Pod> pods, List<Workload> workloads, Map<String, String> localities) {
        Map<ReportKind, SortedMap<String, ReportItem>> items = new EnumMap<>(ReportKind.class);
        SortedMap<String, ReportItem> serviceItems = new TreeMap<>();
        SortedMap<String, ReportItem> versionItems = new TreeMap<>();
        SortedMap<String, ReportItem> instanceItems = new TreeMap<>();
        List<Pod> alive = pods.stream().filter(pod -> !Instance.over(pod)).toList();
        for (Pod pod : alive) {
            var instance = Instance.of(pod);
            put(instanceItems, instance.getNamespace() + "/" + instance.getName(), item -> item.setInstance(instance));
        }
        for (Service service : services) {
            List<Pod> behind = alive.stream()
                    .filter(pod -> selects(service, Instance.labels(pod)))
                    .toList();
            ServiceItem serviceItem = service(service, behind);
            String key = serviceItem.getNamespace() + "/" + serviceItem.getName();
            put(serviceItems, key, item -> item.setService(serviceItem));
            for (VersionItem version : versions(service, behind, workloads, localities)) {
                put(versionItems, key + "/" + version.getVersion(), item -> item.setVersion(version));
            }
        }
        items.put(ReportKind.REPORT_KIND_SERVICE, serviceItems);
        items.put(ReportKind.REPORT_KIND_VERSION, versionItems);
        items.put(ReportKind.REPORT_KIND_INSTANCE, instanceItems);
        return items;
    }

    static void put(
            SortedMap<String, ReportItem> items, String key, Function<ReportItem.Builder, ReportItem.Builder> content) {
        items.put(key, ReportItems.sealed(content.apply(ReportItem.newBuilder().setKey(key))));
    }

    private static ServiceItem service(Service service, List<Pod> behind) {
        var metadata = service.getMetadata();
        ServiceItem.Builder item = ServiceItem.newBuilder()
                .setNamespace(metadata.getNamespace())
                .setName(metadata.getName())
                .putAllLabels(metadata.getLabels() == null ? Map.of() : metadata.getLabels())
                .putAllSelector(selector(service))
                .setHeadless("None".equals(service.getSpec().getClusterIP()));
        service.getSpec().getPorts().forEach(port -> item.addPorts(Ports.of(port, behind)));
        return item.build();
    }

    private static Map<String, String> selector(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector == null ? Map.of() : selector;
    }

    /** A service without a selector has no instances that could be known here. */
    private static boolean selects(Service service, Map<String, String> labels) {
        Map<String, String> selector = selector(service);
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private static List<VersionItem> versions(
            Service service, List<Pod> behind, List<Workload> workloads, Map<String, String> localities) {
        Map<String, List<Pod>> pods = new TreeMap<>(behind.stream()
                .collect(Collectors.groupingBy(
                        pod -> Instance.labels(pod).getOrDefault(VERSION, ""), Collectors.toList())));
        Map<String, List<Workload>> makers = new TreeMap<>(workloads.stream()
                .filter(workload -> selects(service, workload.podLabels()))
                .collect(Collectors.groupingBy(workload -> workload.podLabels().getOrDefault(VERSION, ""))));
        List<VersionItem> versions = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(pods.keySet());
        names.addAll(makers.keySet()); // scaled to nothing, and still a version
        for (String name : names) {
            versions.add(version(
                    service,
                    name,
                    pods.getOrDefault(name, List.of()),
                    makers.getOrDefault(name, List.of()),
                    localities));
        }
        return versions;
    }

    private static VersionItem version(
            Service service, String name, List<Pod> pods, List<Workload> makers, Map<String, String> localities) {
        TreeSet<String> accounts = new TreeSet<>();
        pods.forEach(pod -> accounts.add(Instance.serviceAccount(pod)));
        makers.forEach(maker -> accounts.add(maker.serviceAccount()));
        int made = makers.stream().mapToInt(Workload::desired).sum();
        VersionItem.Builder item = VersionItem.newBuilder()
                .setNamespace(service.getMetadata().getNamespace())
                .setService(service.getMetadata().getName())
                .setVersion(name)
                .addAllServiceAccounts(accounts)
                .setMeshed(!pods.isEmpty() && pods.stream().allMatch(Instance::meshed))
                .setReady((int) pods.stream().filter(Instance::ready).count())
                .setDesired(makers.isEmpty() ? pods.size() : made)
                .setLocality(locality(pods, localities));
        if (!makers.isEmpty()) {
            item.setWorkloadKind(makers.getFirst().kind())
                    .setWorkload(makers.getFirst().name());
        } else if (!pods.isEmpty()) {
            var first = Instance.of(pods.getFirst());
            item.setWorkloadKind(first.getWorkloadKind()).setWorkload(first.getWorkload());
        }
        return item.build();
    }

    /** Where most are; of equals the first by name, so that the answer does not depend on the order of pods. */
    private static String locality(List<Pod> pods, Map<String, String> localities) {
        Map<String, Long> counts = pods.stream()
                .map(pod -> localities.getOrDefault(Instance.text(pod.getSpec().getNodeName()), ""))
                .filter(locality -> !locality.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        String most = "";
        long best = 0;
        for (Map.Entry<String, Long> each : counts.entrySet()) {
            if (each.getValue() > best) {
                best = each.getValue();
                most = each.getKey();
            }
        }
        return most;
    }
}
