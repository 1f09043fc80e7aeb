package io.weft.fleet.shop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * A service of a cluster.
 *
 * @param versions how many instances there are of each; the version {@code none} has no label for it
 */
public record ServicePlan(String namespace, String name, List<Port> ports, Map<String, Integer> versions) {
    public static final String NO_VERSION = "none";
    private static final Pattern COMMA = Pattern.compile(",");

    /** @param target port of the instances */
    public record Port(String name, int number, int target) {
        static Port parse(String text) {
            String[] parts = text.split(":", 3);
            return new Port(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    static ServicePlan parse(String namespace, String name, String ports, String versions) {
        SequencedMap<String, Integer> instances = new LinkedHashMap<>();
        COMMA.splitAsStream(versions).map(each -> each.split("=", 2)).forEach(each -> {
            instances.put(each[0], Integer.parseInt(each[1]));
        });
        return new ServicePlan(
                namespace, name, COMMA.splitAsStream(ports).map(Port::parse).toList(), instances);
    }

    /** Of what keeps data: made by a StatefulSet, and no member of the mesh. */
    boolean stateful() {
        return versions.containsKey(NO_VERSION);
    }
}
