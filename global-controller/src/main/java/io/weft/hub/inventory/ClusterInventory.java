package io.weft.hub.inventory;

import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decided;
import io.weft.hub.world.Decision;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.HubEffect;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one session reports: rows, and the facts that follow from them. Facts are always the difference between what the
 * log has and what is kept here, so nothing is lost when one of the two was written and the other was not. Not
 * thread-safe: one caller at a time, but for {@link #isDue}.
 */
public final class ClusterInventory {
    /** Ready counts that are not to or from 0 change facts at most this often, per service. */
    public static final Duration CALM = Duration.ofSeconds(5);

    /** How long the brake holds before a later session may confirm what it holds. */
    public static final Duration BRAKE_DELAY = Duration.ofMinutes(5);

    /** Opens the inventory of a session. */
    @FunctionalInterface
    public interface Factory {
        ClusterInventory open(TenantReplica replica, ClusterName cluster, long epoch);
    }

    private final InventoryStore store;
    private final TenantReplica replica;
    private final TenantId tenant;
    private final ClusterName cluster;
    private final long epoch;
    private final ReportedItems items = new ReportedItems();
    private final Set<ReportKind> complete = EnumSet.noneOf(ReportKind.class);

    /** Kinds of which a snapshot was asked for and has not come: facts wait for all of them. */
    private final Set<ReportKind> awaited = EnumSet.noneOf(ReportKind.class);

    private final Map<ServiceId, Instant> moved = new HashMap<>();
    private volatile boolean compared;
    private volatile Instant due = Instant.MAX;
    private volatile long lookedAt = -1;

    public ClusterInventory(InventoryStore store, TenantReplica replica, ClusterName cluster, long epoch) {
        this.store = store;
        this.replica = replica;
        this.tenant = replica.tenant();
        this.cluster = cluster;
        this.epoch = epoch;
    }

    /** Reads what is kept and answers the kinds of which the agent knows something else. */
    public Set<ReportKind> compare(Map<ReportKind, Digest> hashes, Instant now) {
        InventoryStore.Kept kept = store.load(tenant, cluster, epoch, ReportedItems.OF_FACTS);
        for (ReportKind kind : ReportedItems.OF_FACTS) {
            items.of(kind).clear();
            items.of(kind).putAll(kept.items().getOrDefault(kind, new TreeMap<>()));
        }
        complete.clear();
        complete.addAll(kept.complete());
        complete.retainAll(hashes.keySet()); // what cannot be read now is a partial view
        awaited.clear();
        hashes.forEach((kind, hash) -> {
            Digest here = ReportItems.ofKind(kept.hashes().getOrDefault(kind, new TreeMap<>()));
            if (!here.equals(hash) || !kept.complete().contains(kind)) awaited.add(kind);
        });
        compared = true;
        Set<ReportKind> differing = awaited.isEmpty() ? Set.of() : EnumSet.copyOf(awaited);
        fold(now);
        return differing;
    }

    public void snapshot(HubEffect.Snapshot snapshot, Instant now) {
        ReportKind kind = snapshot.kind();
        store.replace(tenant, cluster, epoch, kind, snapshot.items(), snapshot.complete(), snapshot.incompleteReason());
        if (snapshot.complete()) complete.add(kind);
        else complete.remove(kind);
        awaited.remove(kind);
        if (!ReportedItems.OF_FACTS.contains(kind)) return;
        SortedMap<String, ReportItem> of = items.of(kind);
        if (snapshot.complete()) of.clear();
        snapshot.items().forEach(item -> of.put(item.getKey(), item));
        fold(now);
    }

    public void change(HubEffect.Change change, Instant now) {
        store.change(tenant, cluster, epoch, change.kind(), change.puts(), change.removals());
        if (!ReportedItems.OF_FACTS.contains(change.kind())) return;
        SortedMap<String, ReportItem> of = items.of(change.kind());
        change.removals().forEach(of::remove);
        change.puts().forEach(item -> of.put(item.getKey(), item));
        fold(now);
    }

    /** Whether {@link #fold} has something to do: a calm is over, or the log moved so that a service may go for good. */
    public boolean isDue(Instant now) {
        if (!compared) return false;
        if (!now.isBefore(due)) return true;
        TenantImage image = replica.image();
        if (image.position() == lookedAt) return false;
        lookedAt = image.position();
        boolean goneAndFree = image.facts(cluster).services().entrySet().stream()
                .anyMatch(e -> e.getValue().gone() && !called(image, e.getKey()));
        return goneAndFree || !image.judgement(cluster).braked() && heldLast;
    }

    private volatile boolean heldLast;

    private boolean called(TenantImage image, ServiceId service) {
        return ReportedItems.called(image.acknowledgements().values(), cluster, service);
    }

    /** Brings the facts in the log up to what is kept here. */
    public void fold(Instant now) {
        due = Instant.MAX;
        if (!awaited.stream().noneMatch(ReportedItems.OF_FACTS::contains)) return;
        Optional<InventoryStore.Held> held = store.held(tenant, cluster);
        boolean passes = held.isPresent() && mayPass(held.get());
        Decided<Folded> decided = replica.propose(image -> decide(image, now, held.isPresent(), passes));
        switch (decided.outcome()) {
            case Outcome.Committed c -> committed(decided.answer(), now, held.isPresent());
            case Outcome.Fenced f -> throw new FencedException(f.epoch());
            case Outcome.Frozen f -> due = now.plus(CALM);
            case Outcome.Stale s -> throw new IllegalStateException("a stale proposal is decided again");
            case Outcome.Failed f -> throw f.cause();
            case Outcome.Repeated r -> throw new IllegalStateException("no key was given");
        }
    }

    private boolean mayPass(InventoryStore.Held held) {
        return held.released() || held.epoch() < epoch && held.age().compareTo(BRAKE_DELAY) >= 0;
    }

    /**
     * @param reason why the brake holds; empty: it does not
     * @param services whose facts change now
     */
    private record Folded(Optional<String> reason, Set<ServiceId> services, boolean calms) {}

    private Decision<Folded> decide(TenantImage image, Instant now, boolean wasHeld, boolean passes) {
        if (image.resource(ResourceKey.cluster(cluster.value())).isEmpty()) {
            return Decision.nothing(new Folded(Optional.empty(), Set.of(), true)); // deleted: looked at again later
        }
        ClusterFacts current = image.facts(cluster);
        FactChange whole = FactStep.difference(current, items, complete, id -> called(image, id));
        Optional<String> reason = passes ? Optional.empty() : FactStep.held(current, whole);
        FactChange braked = reason.isPresent() ? FactStep.withoutRemovals(whole) : whole;
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>(braked.servicePuts());
        puts.entrySet().removeIf(put -> isCalm(put.getKey(), put.getValue(), current, now));
        boolean calms = puts.size() < braked.servicePuts().size();
        FactChange change = FactStep.withPuts(braked, puts);

        List<LogEntry> entries = new ArrayList<>();
        if (!change.isEmpty()) entries.add(new Observed(cluster, epoch, change));
        boolean on = image.judgement(cluster).braked();
        if (reason.isPresent() && !on) entries.add(new Judged(cluster, null, true, reason.get()));
        if (reason.isEmpty() && on) {
            entries.add(new Judged(cluster, null, false, wasHeld && passes ? "confirmed" : "what was missing is back"));
        }
        Set<ServiceId> services = new TreeSet<>(puts.keySet());
        Folded folded = new Folded(reason, services, calms);
        return entries.isEmpty()
                ? Decision.nothing(folded)
                : new Decision<>(Proposal.of(image.position(), entries.toArray(LogEntry[]::new)), folded);
    }

    private boolean isCalm(ServiceId id, ServiceFact after, ClusterFacts current, Instant now) {
        ServiceFact before = current.services().get(id);
        Instant last = moved.get(id);
        return before != null && last != null && now.isBefore(last.plus(CALM)) && FactStep.mayWait(before, after);
    }

    private void committed(Folded folded, Instant now, boolean wasHeld) {
        folded.services().forEach(id -> moved.put(id, now));
        moved.values().removeIf(last -> !now.isBefore(last.plus(CALM)));
        if (folded.calms()) due = now.plus(CALM);
        heldLast = folded.reason().isPresent();
        if (folded.reason().isPresent())
            store.hold(tenant, cluster, epoch, folded.reason().get());
        else if (wasHeld) store.clearHold(tenant, cluster);
    }
}
