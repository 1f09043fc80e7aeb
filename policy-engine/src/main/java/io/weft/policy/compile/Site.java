package io.weft.policy.compile;

import io.weft.policy.image.Facts.GatewayAddress;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.VersionFact;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.model.ClusterName;
import io.weft.policy.plan.GlobalPort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * The back ends of a global service in one cluster.
 *
 * @param callable subsets that others may call here, by port
 */
record Site(
        ClusterName cluster,
        String namespace,
        ServiceFact fact,
        String network,
        String trustDomain,
        List<GatewayAddress> addresses,
        Liveness liveness,
        Map<Integer, Set<String>> callable) {

    /** Whether others may call a subset here on each of these ports. */
    boolean callable(String subset, List<GlobalPort> ports) {
        for (GlobalPort port : ports) {
            if (!callable.getOrDefault(port.number(), Set.of()).contains(subset)) return false;
        }
        return true;
    }

    /** Ready instances in the mesh; others cannot be called by identity. */
    int ready() {
        return fact.versions().values().stream()
                .filter(VersionFact::meshed)
                .mapToInt(VersionFact::ready)
                .sum();
    }

    int ready(String version) {
        VersionFact found = fact.versions().get(version);
        return found == null || !found.meshed() ? 0 : found.ready();
    }

    static boolean inMesh(ServiceFact fact) {
        return fact.versions().values().stream().anyMatch(VersionFact::meshed);
    }

    List<GlobalPort> ports() {
        return ports(fact.ports());
    }

    static List<GlobalPort> ports(SortedSet<PortFact> facts) {
        return facts.stream()
                .map(p -> new GlobalPort(p.number(), p.protocol(), p.targetPort()))
                .toList();
    }

    boolean hasVersion(String version) {
        VersionFact found = fact.versions().get(version);
        return found != null && found.meshed();
    }

    /** Versions in the mesh that have a name. */
    List<String> versions() {
        return fact.versions().entrySet().stream()
                .filter(e -> !e.getKey().isEmpty() && e.getValue().meshed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
