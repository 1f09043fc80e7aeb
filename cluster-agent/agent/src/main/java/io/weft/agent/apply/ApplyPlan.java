package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.ObjectRefusal;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be done to bring what was observed to what is desired, in order: puts by ascending rank, then removals by
 * descending rank; {@link StepOrder} says where it must be otherwise. A pure function of plain records.
 */
public record ApplyPlan(List<Step> steps) {
    /** Up to so many objects are removed without a word from the hub, whatever their share. */
    static final int FEW = 10;

    public ApplyPlan {
        steps = List.copyOf(steps);
    }

    /** One object. */
    public sealed interface Step {
        ObjectKey key();
    }

    /** It is as it should be. */
    public record Keep(ObjectKey key) implements Step {}

    /**
     * @param document with our marks
     * @param over what is there and is ours; null: nothing was seen, which has to be made sure of
     */
    public record Write(
            DesiredObject desired,
            ObjectNode document,
            @Nullable ObservedObject over) implements Step {
        @Override
        public ObjectKey key() {
            return desired.key();
        }
    }

    /** It is ours and not desired. */
    public record Remove(ObservedObject observed) implements Step {
        @Override
        public ObjectKey key() {
            return observed.key();
        }
    }

    /**
     * Nothing is done, and the hub hears why.
     *
     * @param host whose callers the object would steer, if it does
     */
    public record Refuse(ObjectKey key, ObjectRefusal refusal, Optional<String> host) implements Step {
        public Refuse(ObjectKey key, ObjectRefusal refusal) {
            this(key, refusal, Optional.empty());
        }
    }

    /**
     * How far the plan may go in removing.
     *
     * @param asked keys that the hub said to remove
     * @param confirmed that everything which is not desired may go
     */
    public record Pruning(Set<ObjectKey> asked, boolean confirmed) {
        public Pruning {
            asked = Collections.unmodifiableSortedSet(new TreeSet<>(asked));
        }
    }

    /** A plan about all of a bundle. */
    public static ApplyPlan of(
            Observation observed, Map<ObjectKey, DesiredObject> bundle, Ownership ownership, Pruning pruning) {
        return of(observed, bundle, bundle, ownership, pruning);
    }

    /**
     * @param part what of the bundle the plan is about
     * @param bundle all of it
     */
    public static ApplyPlan of(
            Observation observed,
            Map<ObjectKey, DesiredObject> part,
            Map<ObjectKey, DesiredObject> bundle,
            Ownership ownership,
            Pruning pruning) {
        Map<Claim.Subject, Claim> foreign = new HashMap<>();
        for (Claim claim : observed.claims()) {
            if (!claim.hub().equals(ownership.hubId())) foreign.putIfAbsent(claim.subject(), claim);
        }
        StepOrder order = new StepOrder(new Callers(observed, part.keySet(), bundle));
        part.values().stream()
                .sorted(Comparator.comparingInt(DesiredObject::rank).thenComparing(DesiredObject::key))
                .forEach(desired -> order.put(desired.rank(), put(desired, observed, foreign, ownership)));
        removals(observed, part, ownership, pruning).forEach(order::removal);
        return new ApplyPlan(order.steps());
    }

    private static Step put(
            DesiredObject desired, Observation observed, Map<Claim.Subject, Claim> foreign, Ownership ownership) {
        try {
            ObjectNode document = ownership.mark(desired.document(), desired.key(), desired.rank());
            ObservedObject there = observed.objects().get(desired.key());
            Optional<String> host = SendShape.steers(desired.key(), document);
            if (there != null && !ownership.ours(there))
                return new Refuse(desired.key(), Refusals.taken(desired.key(), ownership.of(there)), host);
            for (Claim claim : Claim.of(desired.key(), document.path("spec"), ownership.hubId())) {
                Claim other = foreign.get(claim.subject());
                if (other != null) return new Refuse(desired.key(), Refusals.claimed(desired.key(), other), host);
            }
            boolean asItShouldBe = there != null
                    && (Deviation.of(there.json(), document).isEmpty() || observed.settled(desired, there));
            return asItShouldBe ? new Keep(desired.key()) : new Write(desired, document, there);
        } catch (ObjectFailure e) {
            return new Refuse(desired.key(), Refusals.of(desired.key(), e));
        }
    }

    private static List<Step> removals(
            Observation observed, Map<ObjectKey, DesiredObject> bundle, Ownership ownership, Pruning pruning) {
        List<ObservedObject> ours =
                observed.objects().values().stream().filter(ownership::ours).toList();
        List<ObservedObject> surplus = ours.stream()
                .filter(object -> !bundle.containsKey(object.key()))
                .sorted(Comparator.comparingInt(ApplyPlan::rank).reversed().thenComparing(ObservedObject::key))
                .toList();
        long unasked = surplus.stream()
                .filter(object -> !pruning.asked().contains(object.key()))
                .count();
        boolean held = !pruning.confirmed() && unasked > FEW && unasked * 2 > ours.size();
        return surplus.stream()
                .<Step>map(object -> held && !pruning.asked().contains(object.key())
                        ? new Refuse(
                                object.key(),
                                Refusals.held(object.key(), unasked, ours.size()),
                                SendShape.steers(object.key(), object.json()))
                        : new Remove(object))
                .toList();
    }

    /** Without the mark it came last and goes first. */
    private static int rank(ObservedObject object) {
        try {
            return Integer.parseInt(object.annotation(Ownership.RANK));
        } catch (NumberFormatException unmarked) {
            return Integer.MAX_VALUE;
        }
    }
}
