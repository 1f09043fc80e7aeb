package io.weft.it.simulation;

import io.weft.agent.apply.Claim;
import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.apply.InMemoryCluster;
import io.weft.agent.apply.ObjectFailure;
import io.weft.agent.apply.ObjectType;
import io.weft.agent.apply.ObservedObject;
import io.weft.policy.bundle.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A simulated API server. Tells after every single write, since what must always hold must hold in between too. */
final class WatchedObjects implements ClusterObjects {
    private final InMemoryCluster cluster = new InMemoryCluster();
    private final Random random;
    private final BiConsumer<String, ObjectKey> written;
    private boolean faulty;
    private long version;

    WatchedObjects(Random random, BiConsumer<String, ObjectKey> written) {
        this.random = random;
        this.written = written;
    }

    void faulty(boolean now) {
        faulty = now;
    }

    SortedMap<ObjectKey, JsonNode> all() {
        SortedMap<ObjectKey, JsonNode> all = new TreeMap<>();
        for (Map.Entry<ObjectKey, ObservedObject> object : cluster.objects().entrySet()) {
            all.put(object.getKey(), object.getValue().json());
        }
        return all;
    }

    /** Moves with each write. */
    long version() {
        return version;
    }

    private void wrote(String what, ObjectKey key) {
        version++;
        written.accept(what + " " + key, key);
    }

    private void answer() throws ObjectFailure {
        if (faulty && random.nextInt(60) == 0) {
            throw new ObjectFailure(ObjectFailure.Cause.UNAVAILABLE, "the API server does not answer");
        }
    }

    @Override
    public Optional<ObservedObject> seen(ObjectKey key) {
        return cluster.seen(key);
    }

    @Override
    public Optional<ObservedObject> read(ObjectKey key) throws ObjectFailure {
        answer();
        return cluster.read(key);
    }

    @Override
    public List<ObservedObject> managed(ObjectType type) throws ObjectFailure {
        answer();
        return cluster.managed(type);
    }

    @Override
    public ObservedObject apply(ObjectKey key, ObjectNode json, @Nullable ObservedObject over) throws ObjectFailure {
        answer();
        ObservedObject now = cluster.apply(key, json, over);
        wrote("apply", key);
        return now;
    }

    @Override
    public ObservedObject merge(ObservedObject over, ObjectNode patch) throws ObjectFailure {
        answer();
        ObservedObject now = cluster.merge(over, patch);
        wrote("merge", over.key());
        return now;
    }

    @Override
    public void delete(ObservedObject observed) throws ObjectFailure {
        answer();
        cluster.delete(observed);
        wrote("delete", observed.key());
    }

    @Override
    public List<Claim> claims() {
        return cluster.claims();
    }
}
