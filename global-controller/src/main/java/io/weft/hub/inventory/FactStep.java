package io.weft.hub.inventory;

import io.weft.policy.brake.Brake;
import io.weft.policy.facts.Fold;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import io.weft.protocol.v1.ReportKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** From what a cluster reports to the next change of its facts. Pure. */
final class FactStep {
    private FactStep() {}

    /**
     * The difference, without what a list that is not complete would seem to remove.
     *
     * @param complete kinds that were listed wholly
     */
    static FactChange difference(
            ClusterFacts current, ReportedItems items, Set<ReportKind> complete, Predicate<ServiceId> stillCalled) {
        FactChange whole = Fold.difference(current, items.items(), stillCalled);
        boolean namespaces = complete.contains(ReportKind.REPORT_KIND_NAMESPACE);
        boolean services = complete.contains(ReportKind.REPORT_KIND_SERVICE);
        boolean gateway = complete.contains(ReportKind.REPORT_KIND_GATEWAY)
                || !items.of(ReportKind.REPORT_KIND_GATEWAY).isEmpty();
        boolean mesh = complete.contains(ReportKind.REPORT_KIND_MESH)
                || !items.of(ReportKind.REPORT_KIND_MESH).isEmpty();
        FactChange seen = new FactChange(
                whole.namespacePuts(),
                namespaces ? whole.namespaceRemovals() : new TreeSet<>(),
                whole.servicePuts(),
                services ? whole.serviceRemovals() : new TreeSet<>(),
                gateway ? whole.gateway() : null,
                mesh ? whole.capabilities() : null);
        FactChange kept = services ? seen : withoutGoing(seen);
        return complete.contains(ReportKind.REPORT_KIND_VERSION) ? kept : withVersionsOf(current, kept);
    }

    /** Without anything that goes. */
    static FactChange withoutRemovals(FactChange change) {
        return withoutGoing(new FactChange(
                change.namespacePuts(),
                new TreeSet<>(),
                change.servicePuts(),
                new TreeSet<>(),
                change.gateway(),
                change.capabilities()));
    }

    private static FactChange withoutGoing(FactChange change) {
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>(change.servicePuts());
        puts.values().removeIf(ServiceFact::gone);
        return withPuts(change, puts);
    }

    private static FactChange withVersionsOf(ClusterFacts current, FactChange change) {
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>();
        change.servicePuts().forEach((id, fact) -> {
            ServiceFact before = current.services().get(id);
            ServiceFact whole = before == null || fact.gone() ? fact : withVersions(fact, before);
            if (!whole.equals(before)) puts.put(id, whole);
        });
        return withPuts(change, puts);
    }

    private static ServiceFact withVersions(ServiceFact fact, ServiceFact before) {
        SortedMap<String, VersionFact> versions = new TreeMap<>(before.versions());
        versions.putAll(fact.versions());
        return new ServiceFact(fact.labels(), fact.selector(), fact.ports(), versions, fact.since(), fact.gone());
    }

    static FactChange withPuts(FactChange change, SortedMap<ServiceId, ServiceFact> puts) {
        return new FactChange(
                change.namespacePuts(),
                change.namespaceRemovals(),
                puts,
                change.serviceRemovals(),
                change.gateway(),
                change.capabilities());
    }

    /** Why the brake holds this change; empty: it lets it pass. */
    static Optional<String> held(ClusterFacts current, FactChange change) {
        int services = (int) current.services().values().stream()
                .filter(fact -> !fact.gone())
                .count();
        int goingServices = (int) change.serviceRemovals().stream()
                        .filter(id -> alive(current, id))
                        .count()
                + (int) change.servicePuts().entrySet().stream()
                        .filter(put -> put.getValue().gone() && alive(current, put.getKey()))
                        .count();
        Optional<String> reason = held("services", services, goingServices);
        return reason.isPresent()
                ? reason
                : held(
                        "namespaces",
                        current.namespaces().size(),
                        change.namespaceRemovals().size());
    }

    private static boolean alive(ClusterFacts current, ServiceId id) {
        ServiceFact fact = current.services().get(id);
        return fact != null && !fact.gone();
    }

    private static Optional<String> held(String what, int had, int going) {
        return switch (Brake.judge(what, had, going)) {
            case Brake.Verdict.Allow allow -> Optional.empty();
            case Brake.Verdict.Hold hold -> Optional.of(hold.reason());
        };
    }

    /** Whether only ready counts differ, and none to or from 0: such changes may wait a little. */
    static boolean mayWait(ServiceFact before, ServiceFact after) {
        if (before.versions().size() != after.versions().size()) return false;
        SortedMap<String, VersionFact> same = new TreeMap<>();
        for (Map.Entry<String, VersionFact> version : after.versions().entrySet()) {
            VersionFact old = before.versions().get(version.getKey());
            if (old == null) return false;
            int was = old.ready();
            VersionFact now = version.getValue();
            if ((was == 0) != (now.ready() == 0)) return false;
            same.put(version.getKey(), new VersionFact(now.serviceAccounts(), now.meshed(), was, now.locality()));
        }
        return before.equals(
                new ServiceFact(after.labels(), after.selector(), after.ports(), same, after.since(), after.gone()));
    }
}
