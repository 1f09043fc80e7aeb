package io.weft.policy;

import io.weft.policy.image.AddressRange;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A log that could have been, from one seed: all six types of entries; changes released at once, later, to some clusters,
 * and taken back; tombstones; clusters deleted and joined again; colliding services; services gone while they are called.
 */
public final class RandomHistory {
    static final List<ClusterName> CLUSTERS = List.of(Samples.EAST, Samples.WEST, Samples.NORTH);

    private final Dice dice;
    private final History history;
    private final RandomFacts facts;
    private final RandomChanges changes;
    private final RandomAcknowledgements acknowledgements;

    public RandomHistory(long seed) {
        dice = new Dice(seed);
        TenantId tenant = dice.one(Samples.TENANT, Samples.OTHER_TENANT);
        history = dice.chance(50) ? History.shop(tenant) : new History(tenant);
        facts = new RandomFacts(dice);
        changes = new RandomChanges(dice, history);
        acknowledgements = new RandomAcknowledgements(dice);
    }

    /** A whole history of about so many records. */
    public static History of(long seed, int records) {
        RandomHistory random = new RandomHistory(seed);
        while (random.history.records().size() < records) random.step();
        return random.history;
    }

    public History history() {
        return history;
    }

    /** Appends one record, or the few of one transaction. */
    public void step() {
        int die = dice.below(100);
        if (die < 30) {
            changes.step();
        } else if (die < 60) {
            ClusterName cluster = someCluster();
            history.append(new Observed(cluster, 1, facts.change(cluster, image().facts(cluster))));
        } else if (die < 80) {
            ClusterName cluster = someCluster();
            history.append(acknowledgements.next(cluster, image()));
        } else if (die < 90) {
            release();
        } else if (die < 95) {
            judge();
        } else {
            allocate();
        }
    }

    private TenantImage image() {
        return history.image();
    }

    private ClusterName someCluster() {
        SortedSet<ClusterName> known = image().clusters();
        return known.isEmpty() ? dice.one(CLUSTERS) : dice.one(known);
    }

    /** Forward or back, for all or for some: anything from the least revision that a cluster has to the newest. */
    private void release() {
        SortedSet<Scope> scopes = new TreeSet<>(List.of(Scope.TENANT));
        image().gnsNames().forEach(gns -> scopes.add(Scope.of(gns)));
        Scope scope = dice.one(scopes);
        SortedMap<ClusterName, Long> clusters = new TreeMap<>();
        for (ClusterName cluster : dice.some(CLUSTERS, 40)) clusters.put(cluster, someRevision(scope));
        boolean everywhere = clusters.isEmpty() || dice.chance(50);
        Long base = !everywhere ? null : dice.chance(60) ? (Long) image().revision() : (Long) someRevision(scope);
        history.append(new Released(scope, base, clusters));
    }

    private long someRevision(Scope scope) {
        return dice.between(image().leastReleased(scope), image().revision());
    }

    private void judge() {
        ClusterName cluster = someCluster();
        boolean brake = dice.chance(40);
        history.append(new Judged(
                cluster,
                brake ? null : dice.one(Liveness.values()),
                brake ? (Boolean) dice.chance(50) : null,
                "because of " + dice.below(10)));
    }

    private void allocate() {
        SortedSet<String> lacking = new TreeSet<>(RandomAcknowledgements.HOSTS);
        lacking.removeAll(image().addresses().keySet());
        SortedMap<String, String> freed = new TreeMap<>();
        for (String host : dice.some(image().addresses().keySet(), 20)) {
            freed.put(host, image().address(host).orElseThrow());
        }
        SortedMap<String, String> given = AddressRange.DEFAULT.allocate(
                image(), dice.some(lacking, 60), Samples.START.plusSeconds(image().position()));
        history.append(new Allocated(given, freed));
    }
}
