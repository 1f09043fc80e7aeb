package io.weft.agent.apply;

import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.policy.bundle.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for an API server, for simulations and for a thousand agents in one process: it keeps objects, their
 * versions and generations, and refuses what {@link #refuse} says. It has no schemas, no admission, and knows only one
 * manager of fields beside users. The real thing is tried elsewhere.
 */
public final class InMemoryCluster implements ClusterObjects {
    private final Map<ObjectKey, ObservedObject> objects = new TreeMap<>();
    private Function<ObjectKey, Optional<ObjectFailure>> refusing = key -> Optional.empty();
    private long version;

    /** From now on writes to objects fail as told. */
    public synchronized void refuse(Function<ObjectKey, Optional<ObjectFailure>> refusals) {
        refusing = refusals;
    }

    /** A person's hand: the object is now this, whoever owns it. */
    public synchronized ObservedObject edit(ObjectNode json) {
        ObservedObject now = ObservedObject.of(json);
        return store(json, objects.get(now.key()));
    }

    /** A person's hand. */
    public synchronized void remove(ObjectKey key) {
        objects.remove(key);
    }

    public synchronized Map<ObjectKey, ObservedObject> objects() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    @Override
    public synchronized Optional<ObservedObject> read(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public synchronized List<ObservedObject> managed(ObjectType type) {
        return objects.values().stream()
                .filter(object -> ObjectType.of(object.key()).equals(type))
                .filter(object -> object.label(Ownership.MANAGED_BY).equals(Ownership.WEFT))
                .toList();
    }

    @Override
    public synchronized ObservedObject apply(ObjectKey key, ObjectNode json, @Nullable ObservedObject over)
            throws ObjectFailure {
        ObservedObject there = writable(key, over);
        ObjectNode now = json.deepCopy();
        if (there != null) keepForeignMembers(there.json(), now);
        return store(now, there);
    }

    /** As server-side apply does: members that others added stay until they are taken away. */
    private static void keepForeignMembers(ObjectNode there, ObjectNode now) {
        for (Map.Entry<String, JsonNode> member : there.properties()) {
            if (!now.has(member.getKey())) {
                now.set(member.getKey(), member.getValue());
            } else if (member.getValue() instanceof ObjectNode inner
                    && now.get(member.getKey()) instanceof ObjectNode innerNow) {
                keepForeignMembers(inner, innerNow);
            }
        }
    }

    @Override
    public synchronized ObservedObject merge(ObservedObject over, ObjectNode patch) throws ObjectFailure {
        ObservedObject there = writable(over.key(), over);
        ObjectNode now = over.json().deepCopy();
        merge(now, patch);
        return store(now, there);
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) into.remove(member.getKey());
            else if (member.getValue() instanceof ObjectNode inner
                    && into.get(member.getKey()) instanceof ObjectNode innerInto) merge(innerInto, inner);
            else into.set(member.getKey(), member.getValue());
        }
    }

    @Override
    public synchronized void delete(ObservedObject observed) throws ObjectFailure {
        if (!objects.containsKey(observed.key())) return;
        writable(observed.key(), observed);
        objects.remove(observed.key());
    }

    @Override
    public synchronized List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (ObservedObject object : objects.values()) {
            if (!object.label(Ownership.MANAGED_BY).equals(Ownership.WEFT)) claims.addAll(Claim.of(object));
        }
        return claims;
    }

    @Override
    public Optional<ObservedObject> seen(ObjectKey key) {
        return read(key);
    }

    private @Nullable ObservedObject writable(ObjectKey key, @Nullable ObservedObject over) throws ObjectFailure {
        Optional<ObjectFailure> refused = refusing.apply(key);
        if (refused.isPresent()) throw refused.get();
        ObservedObject there = objects.get(key);
        if (there == null && over == null) return null;
        if (there == null || over == null || !there.resourceVersion().equals(over.resourceVersion())) {
            throw new ObjectFailure(Cause.MOVED, key + ": changed meanwhile");
        }
        return there;
    }

    private ObservedObject store(ObjectNode json, @Nullable ObservedObject before) {
        long next = ++version;
        ObjectNode metadata = (ObjectNode) json.path("metadata");
        metadata.put("uid", before == null ? "uid-" + next : before.uid());
        metadata.put("resourceVersion", Long.toString(next));
        boolean sameSpec = before != null && before.json().path("spec").equals(json.path("spec"));
        metadata.put("generation", before == null ? 1 : before.generation() + (sameSpec ? 0 : 1));
        ObservedObject now = ObservedObject.of(json);
        objects.put(now.key(), now);
        return now;
    }
}
