package io.weft.agent.apply;

import io.weft.agent.apply.ApplyPlan.Pruning;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.AgentEvent.Tally;
import io.weft.protocol.v1.DriftItem;
import io.weft.protocol.v1.DriftState;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cluster at the held bundle: takes new bundles, corrects drift, tries again what was refused. Methods block;
 * one caller at a time.
 */
public final class Enforcement {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
    private static final Duration WHOLE_EVERY = Duration.ofMinutes(5);

    private final ClusterObjects cluster;
    private final Ownership ownership;
    private final InstantSource clock;
    private final Applier applier;
    private final CorrectionLimit limit = new CorrectionLimit();

    private SortedMap<ObjectKey, DesiredObject> bundle = new TreeMap<>();
    private final SortedMap<ObjectKey, ObjectRefusal> refusals = new TreeMap<>();

    /** Whether all of the cluster was compared with this bundle or one before it. */
    private boolean whole;

    /** Whether that was so once since this process began: then nothing stands in the cluster that is not known of. */
    private boolean seenWhole;

    /** What the hub said to remove and is not removed yet: trying again needs no further word. */
    private final Set<ObjectKey> asked = new TreeSet<>();

    private @Nullable Instant nextTry;
    private Duration retry = FIRST_RETRY;

    public Enforcement(ClusterObjects cluster, Ownership ownership, InstantSource clock) {
        this.cluster = cluster;
        this.ownership = ownership;
        this.clock = clock;
        this.applier = new Applier(cluster, ownership);
    }

    /**
     * What a round did.
     *
     * @param refusals everything of the bundle that is not in force now
     * @param drift what others had changed and was put right
     */
    public record Round(Tally tally, List<ObjectRefusal> refusals, List<DriftItem> drift) {}

    /** The bundle is now this; touches only what changed, once the cluster was compared as a whole. */
    public Round replace(
            SortedMap<ObjectKey, DesiredObject> wanted, Collection<ObjectKey> changed, Set<ObjectKey> removed) {
        bundle = wanted;
        refusals.entrySet()
                .removeIf(e -> !wanted.containsKey(e.getKey()) && !e.getValue().getRemoval());
        retry = FIRST_RETRY;
        asked.addAll(removed);
        asked.removeIf(wanted::containsKey);
        Pruning pruning = new Pruning(asked, false);
        if (!whole) return intended(whole(pruning));
        Set<ObjectKey> keys = new TreeSet<>(changed);
        keys.addAll(removed);
        keys.addAll(refusals.keySet());
        return intended(some(keys, pruning));
    }

    /** What a new bundle changes is no drift. */
    private static Round intended(Round round) {
        return new Round(round.tally(), round.refusals(), List.of());
    }

    /** Compares everything. */
    public Round whole(boolean pruningConfirmed) {
        return whole(new Pruning(asked, pruningConfirmed));
    }

    /** Somebody may have touched these. Those that were corrected a moment ago wait; see {@link #due}. */
    public Round correct(Collection<ObjectKey> suspects) {
        Set<ObjectKey> admitted = limit.admit(suspects, clock.instant());
        admitted.removeAll(refusals.keySet()); // refused while it waited to be corrected again
        return some(admitted, new Pruning(asked, false));
    }

    /** Those that are otherwise than desired, as far as was last seen of them; decides without asking the API server. */
    public Set<ObjectKey> deviating(Collection<ObjectKey> keys) {
        Set<ObjectKey> deviating = new TreeSet<>();
        for (ObjectKey key : keys) {
            if (deviates(key, cluster.seen(key).orElse(null))) deviating.add(key);
        }
        return deviating;
    }

    private boolean deviates(ObjectKey key, @Nullable ObservedObject seen) {
        // Is tried again in its own time, with what it waits for: alone, a rule would go before its route.
        if (refusals.containsKey(key)) return false;
        DesiredObject desired = bundle.get(key);
        if (desired == null) return seen != null && ownership.ours(seen);
        if (seen == null) return true;
        Observation observation = new Observation(Map.of(key, seen), List.of(), applier.settled());
        ApplyPlan plan = ApplyPlan.of(observation, Map.of(key, desired), ownership, new Pruning(Set.of(), true));
        return !(plan.steps().getFirst() instanceof ApplyPlan.Keep);
    }

    /** When {@link #again} has something to do. */
    public Instant due() {
        Instant next = nextTry == null ? Instant.MAX : nextTry;
        Instant limited = limit.earliest();
        return limited.isBefore(next) ? limited : next;
    }

    /** Tries again what was refused or had to wait. */
    public Round again(boolean pruningConfirmed) {
        if (nextTry != null && !clock.instant().isBefore(nextTry)) {
            Duration longer = retry.multipliedBy(2);
            retry = longer.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : longer;
            return whole(pruningConfirmed);
        }
        return correct(List.of());
    }

    private Round whole(Pruning pruning) {
        Map<ObjectKey, ObservedObject> observed = new TreeMap<>();
        Set<ObjectKey> tried = new TreeSet<>(bundle.keySet());
        tried.addAll(pruning.asked());
        tried.addAll(refusals.keySet());
        List<ObjectRefusal> unread = new ArrayList<>();
        boolean all = true;
        for (ObjectType type : types()) {
            try {
                for (ObservedObject object : cluster.managed(type)) observed.put(object.key(), object);
            } catch (ObjectFailure e) {
                all = false; // what cannot be listed is not pruned; what is known of is read one by one
                if (!seenWhole) unread.add(Refusals.unlisted(type, e)); // what was left behind may still be in force
                for (ObjectKey key : tried) if (ObjectType.of(key).equals(type)) read(key, observed, unread);
            }
        }
        whole = all;
        seenWhole |= all;
        observed.values().removeIf(object -> !bundle.containsKey(object.key()) && !ownership.ours(object));
        tried.addAll(observed.keySet());
        return round(observed, bundle, tried, pruning, unread);
    }

    private void read(ObjectKey key, Map<ObjectKey, ObservedObject> observed, List<ObjectRefusal> unread) {
        try {
            cluster.read(key).ifPresent(object -> observed.put(key, object));
        } catch (ObjectFailure e) {
            unread.add(bundle.containsKey(key) ? Refusals.of(key, e) : Refusals.ofRemoval(key, e));
        }
    }

    private Set<ObjectType> types() {
        Set<ObjectType> types = new LinkedHashSet<>(ObjectType.MANAGED);
        bundle.keySet().forEach(key -> types.add(ObjectType.of(key)));
        return types;
    }

    private Round some(Set<ObjectKey> keys, Pruning pruning) {
        Map<ObjectKey, ObservedObject> observed = new TreeMap<>();
        SortedMap<ObjectKey, DesiredObject> part = new TreeMap<>();
        List<ObjectRefusal> unread = new ArrayList<>();
        for (ObjectKey key : new TreeSet<>(keys)) {
            read(key, observed, unread);
            DesiredObject desired = bundle.get(key);
            if (desired != null) part.put(key, desired);
        }
        return round(observed, part, keys, pruning, unread);
    }

    private Round round(
            Map<ObjectKey, ObservedObject> observed,
            SortedMap<ObjectKey, DesiredObject> wanted,
            Set<ObjectKey> tried,
            Pruning pruning,
            List<ObjectRefusal> unread) {
        Set<ObjectKey> before = new TreeSet<>(refusals.keySet());
        SortedMap<ObjectKey, DesiredObject> part = new TreeMap<>(wanted);
        unread.forEach(refusal -> part.remove(ObjectKey.parse(refusal.getKey())));
        Observation observation = new Observation(observed, cluster.claims(), applier.settled());
        Applier.Result result =
                applier.run(ApplyPlan.of(observation, part, bundle, ownership, pruning), unread(unread));
        refusals.keySet().removeAll(tried);
        result.refusals.forEach(refusal -> refusals.put(ObjectKey.parse(refusal.getKey()), refusal));
        unread.forEach(refusal -> refusals.put(ObjectKey.parse(refusal.getKey()), refusal));
        asked.removeIf(key -> tried.contains(key) && !refusals.containsKey(key));
        plan();
        Tally tally = new Tally(result.written.size(), result.deleted, result.unchanged);
        return new Round(tally, List.copyOf(refusals.values()), drift(result, before));
    }

    /** Whose callers may be steered by what could not be read: anybody's, if it is something that should go. */
    private Predicate<String> unread(List<ObjectRefusal> unread) {
        Set<String> hosts = new HashSet<>();
        boolean any = false;
        for (ObjectRefusal refusal : unread) {
            DesiredObject desired = bundle.get(ObjectKey.parse(refusal.getKey()));
            if (desired != null) desired.steers().ifPresent(hosts::add);
            else any |= refusal.getCode() == RefusalCode.REFUSAL_CODE_UNAVAILABLE;
        }
        boolean all = any;
        return host -> all || hosts.contains(host);
    }

    private void plan() {
        Instant now = clock.instant();
        boolean unfinished = !refusals.isEmpty() || !whole;
        nextTry = now.plus(unfinished ? retry : WHOLE_EVERY);
    }

    private static List<DriftItem> drift(Applier.Result result, Set<ObjectKey> refusedBefore) {
        List<DriftItem> items = new ArrayList<>();
        result.written.forEach((key, over) -> {
            if (refusedBefore.contains(key)) return; // was never in force: nothing drifted
            items.add(DriftItem.newBuilder()
                    .setKey(key.toString())
                    .setState(DriftState.DRIFT_STATE_CORRECTED)
                    .setManager(over.map(Managers::lastForeign).orElse(""))
                    .setDetail(over.isPresent() ? "was changed" : "was deleted")
                    .build());
        });
        result.refusals.stream()
                .filter(refusal -> refusal.getCode() == RefusalCode.REFUSAL_CODE_CONFLICT)
                .filter(refusal -> !refusedBefore.contains(ObjectKey.parse(refusal.getKey())))
                .forEach(refusal -> items.add(DriftItem.newBuilder()
                        .setKey(refusal.getKey())
                        .setState(DriftState.DRIFT_STATE_CONFLICT)
                        .setDetail(refusal.getReason())
                        .build()));
        return items;
    }
}
