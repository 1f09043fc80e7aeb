package io.weft.policy.compile;

import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.GatewayName;
import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.model.ClusterName;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.ServicePlan.Receive;
import io.weft.policy.plan.ServicePlan.Subset;
import io.weft.policy.plan.Subsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway answers: every preference and every version that is here, whether or not a route uses it, so that a new
 * route, weight or match waits for nobody; and what others may still call.
 */
final class Receiving {
    private Receiving() {}

    /** What this cluster answers by itself. */
    static SortedSet<GatewayName> wanted(UnitInput unit) {
        Site own = unit.own();
        ServiceView view = unit.view();
        if (own == null || view == null || view.address() == null || !unit.answers()) {
            return Collections.emptySortedSet();
        }
        SortedSet<GatewayName> names = new TreeSet<>();
        for (String subset : subsets(view, own).keySet()) {
            for (GlobalPort port : view.ports()) names.add(new GatewayName(unit.host(), port.number(), subset));
        }
        return names;
    }

    /** The subsets of a site by name, each with its version or the empty text. */
    private static SortedMap<String, String> subsets(ServiceView view, Site own) {
        SortedMap<String, String> subsets = new TreeMap<>();
        for (ClusterName caller : view.callers()) subsets.put(Subsets.prefer(caller), "");
        for (String version : own.versions()) subsets.put(Subsets.version(version), version);
        for (VersionPreference both : view.both()) {
            if (own.hasVersion(both.version())) {
                subsets.put(Subsets.version(both.version(), both.cluster()), both.version());
            }
        }
        return subsets;
    }

    /** With where the back ends are, so that it is known when nothing else of the service is left. */
    static List<GatewayName> answers(UnitInput unit) {
        SortedSet<GatewayName> names = new TreeSet<>(wanted(unit));
        names.addAll(unit.kept());
        Site own = unit.own();
        String namespace = own != null
                ? own.namespace()
                : unit.place() == null ? null : unit.place().namespace();
        if (!names.isEmpty() && namespace != null) names.add(new GatewayName(unit.host(), Hosts.PLACE, namespace));
        return List.copyOf(names);
    }

    /** Null when nothing is answered, or the cluster has no gateway or back ends (any more) to answer with. */
    static @Nullable Receive plan(UnitInput unit) {
        Site own = unit.own();
        ServiceView view = unit.view();
        boolean wanted = !wanted(unit).isEmpty();
        if (!unit.answers() || !wanted && (unit.kept().isEmpty() || unit.place() == null)) return null;
        SortedMap<String, String> subsets =
                wanted && view != null && own != null ? subsets(view, own) : new TreeMap<>();
        for (GatewayName kept : unit.kept()) subsets.putIfAbsent(kept.subset(), version(unit, kept.subset()));
        List<Subset> plan = new ArrayList<>();
        for (Map.Entry<String, String> subset : subsets.entrySet()) {
            String version = subset.getValue();
            plan.add(new Subset(subset.getKey(), version.isEmpty() ? null : version, null));
        }
        return new Receive(unit.gateway().namespace(), unit.gateway().selector(), unit.network(), plan);
    }

    /**
     * The version that a kept subset stands for: one that is here, else one that nobody has (any more): a request for it
     * must not end at another version.
     */
    private static String version(UnitInput unit, String subset) {
        if (unit.place() == null) return "";
        for (String version : unit.place().fact().versions().keySet()) {
            if (version.isEmpty()) continue;
            String name = Subsets.version(version);
            if (subset.equals(name) || subset.startsWith(name + "-prefer-")) return version;
        }
        return Subsets.isPreference(subset) ? "" : Subsets.versionOf(subset);
    }

    /** Ports of the entry for the gateway: those of the service here, and those that kept names still have. */
    static List<GlobalPort> ports(UnitInput unit, List<GlobalPort> served) {
        SortedMap<Integer, GlobalPort> ports = new TreeMap<>();
        for (GlobalPort port : served) ports.put(port.number(), port);
        for (GatewayName name : unit.kept()) {
            if (!ports.containsKey(name.port())) ports.put(name.port(), port(unit, name.port()));
        }
        return List.copyOf(ports.values());
    }

    private static GlobalPort port(UnitInput unit, int number) {
        List<GlobalPort> here = unit.place() == null
                ? List.of()
                : Site.ports(unit.place().fact().ports());
        return here.stream()
                .filter(p -> p.number() == number)
                .findFirst()
                .orElse(new GlobalPort(number, Protocol.TCP, number));
    }
}
