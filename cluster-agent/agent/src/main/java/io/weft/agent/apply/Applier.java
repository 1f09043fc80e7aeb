package io.weft.agent.apply;

import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.agent.apply.Observation.Settled;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.ObjectRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out plans, one object after the other. A bad object stops only itself, and of the same host what would send
 * requests astray without it. Not thread-safe.
 */
final class Applier {
    private static final int TRIES = 4;

    private final ClusterObjects cluster;
    private final Ownership ownership;
    private final Map<ObjectKey, Settled> settled = new HashMap<>();

    Applier(ClusterObjects cluster, Ownership ownership) {
        this.cluster = cluster;
        this.ownership = ownership;
    }

    /** What became of a plan. */
    static final class Result {
        int deleted;
        int unchanged;
        final List<ObjectRefusal> refusals = new ArrayList<>();

        /** Keys written, with what stood there before; null: nothing. */
        final Map<ObjectKey, Optional<ObservedObject>> written = new TreeMap<>();
    }

    Map<ObjectKey, Settled> settled() {
        return settled;
    }

    Result run(ApplyPlan plan) {
        return run(plan, host -> false);
    }

    /** @param unread hosts of which something could not even be read: what steers their callers is left as it is */
    Result run(ApplyPlan plan, Predicate<String> unread) {
        Result result = new Result();
        Set<String> stopped = new HashSet<>();
        for (ApplyPlan.Step step : plan.steps()) {
            Optional<String> host = steers(step);
            int refusals = result.refusals.size();
            boolean stop =
                    host.filter(h -> stopped.contains(h) || unread.test(h)).isPresent();
            if (stop) skip(step, host.orElse(""), result);
            else run(step, result);
            if (host.isPresent() && result.refusals.size() > refusals) stopped.add(host.get());
        }
        return result;
    }

    private void run(ApplyPlan.Step step, Result result) {
        switch (step) {
            case ApplyPlan.Keep keep -> result.unchanged++;
            case ApplyPlan.Refuse refuse -> result.refusals.add(refuse.refusal());
            case ApplyPlan.Write write -> write(write, result);
            case ApplyPlan.Remove remove -> remove(remove, result);
        }
    }

    private static Optional<String> steers(ApplyPlan.Step step) {
        return switch (step) {
            case ApplyPlan.Keep keep -> Optional.empty();
            case ApplyPlan.Refuse refuse -> refuse.host();
            case ApplyPlan.Write write -> {
                ObservedObject over = write.over();
                yield over != null && SendShape.leavesCallers(write.document(), over.json())
                        ? leaving(write.key(), write.document())
                        : SendShape.steers(write.key(), write.document());
            }
            case ApplyPlan.Remove remove ->
                leaving(remove.key(), remove.observed().json());
        };
    }

    /** Its callers lose also an entry of back ends; what takes its place may be what was refused. */
    private static Optional<String> leaving(ObjectKey key, JsonNode json) {
        return SendShape.entered(json).or(() -> SendShape.steers(key, json));
    }

    private static void skip(ApplyPlan.Step step, String host, Result result) {
        switch (step) {
            case ApplyPlan.Keep keep -> result.unchanged++;
            case ApplyPlan.Refuse refuse -> result.refusals.add(refuse.refusal());
            case ApplyPlan.Write write -> result.refusals.add(Refusals.skipped(write.key(), host, false));
            case ApplyPlan.Remove remove -> result.refusals.add(Refusals.skipped(remove.key(), host, true));
        }
    }

    private void write(ApplyPlan.Write step, Result result) {
        try {
            ObservedObject over = step.over();
            for (int attempt = 1; ; attempt++) {
                if (over == null) over = cluster.read(step.key()).orElse(null);
                if (over != null && !ownership.ours(over)) {
                    result.refusals.add(Refusals.taken(step.key(), ownership.of(over)));
                    return;
                }
                try {
                    write(step, over, result);
                    return;
                } catch (ObjectFailure e) {
                    if (e.why() != Cause.MOVED || attempt == TRIES) throw e;
                    over = null; // somebody was quicker: judge it again as it is now
                }
            }
        } catch (ObjectFailure e) {
            result.refusals.add(Refusals.of(step.key(), e));
        }
    }

    private void write(ApplyPlan.Write step, @Nullable ObservedObject over, Result result) throws ObjectFailure {
        if (over != null && Deviation.of(over.json(), step.document()).isEmpty()) {
            result.unchanged++;
            return;
        }
        ObservedObject now = cluster.apply(step.key(), step.document(), over);
        ObjectNode rest = Deviation.of(now.json(), step.document());
        if (!rest.isEmpty()) {
            // Apply leaves alone what others added; in an object of ours nobody else has a say.
            now = cluster.merge(now, rest);
            rest = Deviation.of(now.json(), step.document());
        }
        if (rest.isEmpty()) settled.remove(step.key());
        else settled.put(step.key(), new Settled(step.desired().hash(), now.uid(), now.generation()));
        result.written.put(step.key(), Optional.ofNullable(over));
    }

    private void remove(ApplyPlan.Remove step, Result result) {
        ObservedObject there = step.observed();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    cluster.delete(there);
                    result.deleted++;
                    settled.remove(step.key());
                    return;
                } catch (ObjectFailure e) {
                    if (e.why() != Cause.MOVED || attempt == TRIES) throw e;
                    Optional<ObservedObject> again = cluster.read(step.key());
                    if (again.isEmpty() || !ownership.ours(again.get())) return; // gone, or a user took it over
                    there = again.get();
                }
            }
        } catch (ObjectFailure e) {
            result.refusals.add(Refusals.ofRemoval(step.key(), e));
        }
    }
}
