package io.weft.agent.discover;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.weft.agent.apply.Claim;
import io.weft.agent.apply.ObjectType;
import io.weft.agent.apply.ObservedObject;
import io.weft.agent.apply.Ownership;
import io.weft.agent.apply.Sightings;
import io.weft.policy.bundle.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches the kinds that a bundle may hold: our own objects for drift, and everybody's routes and rules for claims on
 * hosts.
 */
public final class ObjectWatches implements Sightings, AutoCloseable {
    private final Map<ObjectType, Watch<GenericKubernetesResource>> watches =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    /** Reading objects anew at every round would cost more than the round. */
    private final Map<ObjectKey, Read> known = new ConcurrentHashMap<>();

    private record Read(String version, List<Claim> claims) {}

    /**
     * @param touched hears which object something happened to
     * @param claimed hears that an object that is not Weft's changed
     */
    public ObjectWatches(KubernetesClient client, Consumer<ObjectKey> touched, Runnable claimed) {
        for (ObjectType type : ObjectType.MANAGED) {
            var all = client.genericKubernetesResources(context(type)).inAnyNamespace();
            String what = type.kind();
            watches.put(
                    type,
                    claims(type)
                            ? new Watch<>(what, all, object -> told(type, object, touched, claimed))
                            : new Watch<>(
                                    what,
                                    all.withLabel(Ownership.MANAGED_BY, Ownership.WEFT),
                                    object -> touched.accept(key(type, object))));
        }
    }

    /** Claims of objects that are no more are dropped when their deletion is told. */
    private void forget(ObjectKey key) {
        Watch<GenericKubernetesResource> watch = watches.get(ObjectType.of(key));
        if (watch != null && watch.get(key.namespace(), key.name()) == null) known.remove(key);
    }

    private static boolean claims(ObjectType type) {
        return type.equals(ObjectType.VIRTUAL_SERVICE) || type.equals(ObjectType.DESTINATION_RULE);
    }

    private void told(
            ObjectType type, GenericKubernetesResource object, Consumer<ObjectKey> touched, Runnable claimed) {
        touched.accept(key(type, object));
        forget(key(type, object));
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels == null || !Ownership.WEFT.equals(labels.get(Ownership.MANAGED_BY))) claimed.run();
    }

    private static ResourceDefinitionContext context(ObjectType type) {
        String version = type.apiVersion().substring(type.apiVersion().indexOf('/') + 1);
        return new ResourceDefinitionContext.Builder()
                .withGroup(type.group())
                .withVersion(version)
                .withKind(type.kind())
                .withPlural(plural(type.kind()))
                .withNamespaced(true)
                .build();
    }

    /** Of the few kinds that there are. */
    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return lower.endsWith("y") && !lower.endsWith("ay")
                ? lower.substring(0, lower.length() - 1) + "ies"
                : lower + "s";
    }

    private static ObjectKey key(ObjectType type, GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        return new ObjectKey(type.apiVersion(), type.kind(), metadata.getNamespace(), metadata.getName());
    }

    public void start() {
        watches.values().forEach(Watch::start);
    }

    /** Whether claims of users are known, as far as their kinds can be listed at all. */
    public boolean synced() {
        return watches.values().stream().allMatch(Watch::synced);
    }

    @Override
    public List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (ObjectType type : List.of(ObjectType.VIRTUAL_SERVICE, ObjectType.DESTINATION_RULE)) {
            Watch<GenericKubernetesResource> watch = watches.get(type);
            if (watch != null) watch.all().forEach(object -> claims.addAll(claims(type, object)));
        }
        return claims;
    }

    private List<Claim> claims(ObjectType type, GenericKubernetesResource object) {
        String version = object.getMetadata().getResourceVersion();
        Read read = known.compute(key(type, object), (key, before) -> {
            if (before != null && before.version().equals(version)) return before;
            return new Read(version, Claim.of(observed(type, object)));
        });
        return read.claims();
    }

    @Override
    public Optional<ObservedObject> seen(ObjectKey key) {
        ObjectType type = ObjectType.of(key);
        Watch<GenericKubernetesResource> watch = watches.get(type);
        if (watch == null) return Optional.empty();
        return Optional.ofNullable(watch.get(key.namespace(), key.name())).map(object -> observed(type, object));
    }

    private static ObservedObject observed(ObjectType type, GenericKubernetesResource object) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(Serialization.asJson(object));
        json.put("apiVersion", type.apiVersion());
        json.put("kind", type.kind());
        return ObservedObject.of(json);
    }

    @Override
    public void close() {
        watches.values().forEach(Watch::close);
    }
}
