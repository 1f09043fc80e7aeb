package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.RandomHistory;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The generator reaches the states for which the properties are interesting. */
class RandomHistoryTest {
    private final Map<String, Integer> reached = new TreeMap<>();

    @Test
    void reachesEveryTypeOfEntryAndEverySituation() {
        for (long seed = 0; seed < 200; seed++) {
            History history = RandomHistory.of(seed, 60);
            TenantImage image = history.empty();
            for (LogRecord record : history.records()) {
                note(record.entry(), image);
                image = image.apply(record);
                note(image);
            }
        }

        assertThat(reached)
                .containsOnlyKeys(
                        "Acknowledged",
                        "Allocated",
                        "Changed",
                        "Judged",
                        "Observed",
                        "Released",
                        "address freed",
                        "address resting",
                        "callee deleted",
                        "called service gone",
                        "change of membership alone",
                        "cluster deleted",
                        "collision",
                        "dropping name",
                        "global namespace deleted",
                        "release of some clusters",
                        "release taken back",
                        "route deleted",
                        "several versions kept",
                        "tombstone kept")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(20));
    }

    @Test
    void oneSeedGivesOneHistory() {
        assertThat(RandomHistory.of(7, 60).image())
                .isEqualTo(RandomHistory.of(7, 60).image());
        assertThat(RandomHistory.of(7, 60).image().hash())
                .isNotEqualTo(RandomHistory.of(8, 60).image().hash());
    }

    private void note(LogEntry entry, TenantImage before) {
        note(true, entry.getClass().getSimpleName());
        if (entry instanceof Changed c) {
            note(
                    c.puts().isEmpty()
                            && c.tombstones().isEmpty()
                            && !c.memberships().isEmpty(),
                    "change of membership alone");
            c.tombstones()
                    .forEach(key -> note(
                            true,
                            switch (key.kind()) {
                                case CLUSTER -> "cluster deleted";
                                case GLOBAL_NAMESPACE -> "global namespace deleted";
                                case TRAFFIC_ROUTE -> "route deleted";
                            }));
        }
        if (entry instanceof Released r) {
            note(r.base() == null, "release of some clusters");
            note(
                    r.clusters().entrySet().stream()
                            .anyMatch(e -> e.getValue() < before.released(r.scope(), e.getKey())),
                    "release taken back");
        }
        if (entry instanceof LogEntry.Allocated a) note(!a.freed().isEmpty(), "address freed");
    }

    private void note(TenantImage image) {
        for (ClusterName cluster : image.clusters()) {
            Map<String, Integer> sameName = new TreeMap<>();
            for (Map.Entry<ServiceId, ServiceFact> e :
                    image.facts(cluster).services().entrySet()) {
                note(e.getValue().gone() && called(image, cluster, e.getKey().name()), "called service gone");
                for (var gns : image.gnsNames()) {
                    if (!image.membership(gns)
                            .contains(new Member(cluster, e.getKey().namespace()))) continue;
                    note(sameName.merge(gns + "/" + e.getKey().name(), 1, Integer::sum) > 1, "collision");
                }
            }
            note(!image.acknowledged(cluster).dropping().isEmpty(), "dropping name");
            note(
                    image.acknowledged(cluster).calls().stream()
                            .anyMatch(call -> !image.resources()
                                    .containsKey(
                                            ResourceKey.cluster(call.callee().value()))),
                    "callee deleted");
        }
        note(!image.resting().isEmpty(), "address resting");
        for (Scope scope : image.scopes().keySet()) {
            image.scope(scope).versions().values().forEach(versions -> {
                note(versions.size() > 1, "several versions kept");
                note(versions.values().stream().anyMatch(Optional::isEmpty), "tombstone kept");
            });
        }
    }

    private static boolean called(TenantImage image, ClusterName callee, String service) {
        return image.acknowledgements().values().stream()
                .anyMatch(state -> state.calls().stream()
                        .anyMatch(call -> call.callee().equals(callee)
                                && call.name().host().startsWith(service + ".")));
    }

    private void note(boolean happened, String what) {
        if (happened) reached.merge(what, 1, Integer::sum);
    }
}
