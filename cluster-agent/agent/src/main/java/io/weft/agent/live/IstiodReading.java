package io.weft.agent.live;

import io.weft.agent.apply.ObservedObject;
import io.weft.agent.apply.Ownership;
import io.weft.agent.live.Proxy.Sync;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one istiod said at one moment.
 *
 * @param istiod its pod
 * @param instance another one of the same pod's name is another istiod, which counts its pushes anew
 * @param objects ours, among those that it configures its proxies from; read before {@code proxies}
 * @param updates how many changes of anything it has heard of; {@link #UNKNOWN} when it does not tell
 */
record IstiodReading(
        String istiod, String instance, Map<ObjectName, ObservedObject> objects, List<Proxy> proxies, double updates) {
    static final double UNKNOWN = -1;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UPDATES = "pilot_inbound_updates{";

    IstiodReading {
        objects = Map.copyOf(objects);
        proxies = List.copyOf(proxies);
    }

    /** The newest push of which anything was sent to anybody. */
    long newestSent() {
        return proxies.stream().mapToLong(Proxy::newestSent).max().orElse(0);
    }

    /**
     * An answer to {@code /debug/configz}, element by element: it has all of the mesh's objects.
     *
     * @throws tools.jackson.core.JacksonException for anything else
     */
    static Map<ObjectName, ObservedObject> objects(InputStream configuration, Ownership ownership) {
        Map<ObjectName, ObservedObject> objects = new HashMap<>();
        try (MappingIterator<ObjectNode> all = JSON.readerFor(ObjectNode.class).readValues(configuration)) {
            while (all.hasNextValue()) {
                ObservedObject object = ObservedObject.of(all.nextValue());
                if (ownership.of(object) == Ownership.Owner.US) objects.put(ObjectName.of(object.key()), object);
            }
        }
        return objects;
    }

    /**
     * An answer to {@code /debug/syncz}. Proxies that have no sidecar's or gateway's configuration are left out.
     *
     * @throws tools.jackson.core.JacksonException for anything else
     */
    static List<Proxy> proxies(InputStream status) {
        List<Proxy> proxies = new ArrayList<>();
        try (MappingIterator<ObjectNode> all = JSON.readerFor(ObjectNode.class).readValues(status)) {
            while (all.hasNextValue()) {
                ObjectNode each = all.nextValue();
                String type = each.path("proxy_type").asString("sidecar");
                boolean router = type.equals("router");
                if (!router && !type.equals("sidecar")) continue;
                proxies.add(new Proxy(each.path("proxy").asString(""), router, resources(each.path("resources"))));
            }
        }
        return proxies;
    }

    /** Of an answer to {@code /metrics}; {@link #UNKNOWN} when it is not among them. */
    static double updates(Stream<String> metrics) {
        return metrics.filter(line -> line.startsWith(UPDATES))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(IstiodReading::number)
                .reduce(UNKNOWN, (sum, each) -> each < 0 ? sum : Math.max(0, sum) + each);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException unknown) {
            return UNKNOWN;
        }
    }

    private static Map<ResourceType, Sync> resources(JsonNode said) {
        Map<ResourceType, Sync> resources = new EnumMap<>(ResourceType.class);
        said.properties()
                .forEach(entry -> ResourceType.ofUrl(entry.getKey())
                        .ifPresent(type -> resources.put(type, sync(entry.getValue()))));
        resources.values().removeIf(sync -> sync.sent().isEmpty());
        return resources;
    }

    private static Sync sync(JsonNode said) {
        return new Sync(
                said.path("sent").asString(""),
                said.path("acked").asString(""),
                said.path("lastError").asString("").strip());
    }
}
