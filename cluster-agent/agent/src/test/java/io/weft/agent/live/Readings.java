package io.weft.agent.live;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.weft.agent.apply.ObservedObject;
import io.weft.agent.live.Proxy.Sync;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What istiods might say. */
final class Readings {
    private static final String NONCE = "8ca11e12-f4dd-4e72-bba9-d414a0202257";

    private Readings() {}

    /** @param spec YAML, in flow style too */
    static ObservedObject object(String kind, String namespace, String name, long generation, String spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "networking.istio.io/v1").put("kind", kind);
        json.putObject("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", "uid-" + name)
                .put("generation", generation);
        Map<?, ?> read = Serialization.unmarshal("---\n" + spec, Map.class);
        json.set("spec", JsonMapper.shared().valueToTree(read));
        return ObservedObject.of(json);
    }

    static String version(long push) {
        return "2026-01-01T00:00:00Z/" + push + NONCE;
    }

    static Sync acknowledged(long push) {
        return new Sync(version(push), version(push), "");
    }

    static Sync sent(long push, long acknowledged, String error) {
        return new Sync(version(push), version(acknowledged), error);
    }

    /** A sidecar that has everything of this push. */
    static Proxy sidecar(String name, long push) {
        Map<ResourceType, Sync> all = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) all.put(type, acknowledged(push));
        return new Proxy(name, false, all);
    }

    /** As {@link #sidecar}, but for this. */
    static Proxy with(Proxy proxy, ResourceType type, Sync sync) {
        Map<ResourceType, Sync> all = new EnumMap<>(proxy.resources());
        all.put(type, sync);
        return new Proxy(proxy.name(), proxy.router(), all);
    }

    static IstiodReading reading(String istiod, List<ObservedObject> objects, Proxy... proxies) {
        Map<ObjectName, ObservedObject> byName = new HashMap<>();
        objects.forEach(object -> byName.put(ObjectName.of(object.key()), object));
        return new IstiodReading(istiod, "uid-of-" + istiod, byName, Arrays.asList(proxies), IstiodReading.UNKNOWN);
    }

    /** The same, and how many changes it has heard of. */
    static IstiodReading after(double updates, IstiodReading reading) {
        return new IstiodReading(reading.istiod(), reading.instance(), reading.objects(), reading.proxies(), updates);
    }

    static Expected expected(ObservedObject... objects) {
        Map<ObjectName, Expected.Version> expected = new HashMap<>();
        for (ObservedObject object : objects) {
            expected.put(ObjectName.of(object.key()), new Expected.Version(object.uid(), object.generation()));
        }
        return new Expected(expected, Set.of());
    }

    static MeshedPod pod(String name, String namespace) {
        return new MeshedPod(name, namespace, Map.of(), true, false);
    }
}
