package io.weft.fleet.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cluster as it begins.
 *
 * @param number from 1: its addresses are made of it
 * @param provider as people call it
 * @param zones of its nodes, one node each, and one more in the first
 */
public record ClusterPlan(
        String name, int number, String provider, String region, List<String> zones, List<ServicePlan> services) {
    /** A node's name and its zone. */
    record NodePlan(String name, String zone) {}

    List<NodePlan> nodes() {
        List<String> all = new ArrayList<>(zones);
        all.add(zones.getFirst());
        return IntStream.range(0, all.size())
                .mapToObj(index -> new NodePlan(nodeName(index), all.get(index)))
                .toList();
    }

    private String nodeName(int index) {
        return provider.equals("AWS")
                ? "ip-10-" + number + "-0-" + (11 + index) + "." + region + ".compute.internal"
                : name + "-pool-" + (index + 1);
    }

    List<String> namespaces() {
        return services.stream().map(ServicePlan::namespace).distinct().toList();
    }
}
