package io.weft.policy.image;

import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import java.util.Map;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** All facts of one cluster. */
public record ClusterFacts(
        PSortedMap<String, NamespaceFact> namespaces,
        PSortedMap<ServiceId, ServiceFact> services,
        GatewayFact gateway,
        Capabilities capabilities) {
    public static final ClusterFacts EMPTY =
            new ClusterFacts(TreePMap.empty(), TreePMap.empty(), GatewayFact.NONE, Capabilities.NONE);

    /** @param position of the entry that carries the change */
    ClusterFacts apply(FactChange change, long position) {
        PSortedMap<ServiceId, ServiceFact> newServices = services.minusAll(change.serviceRemovals());
        for (Map.Entry<ServiceId, ServiceFact> put : change.servicePuts().entrySet()) {
            newServices = newServices.plus(put.getKey(), dated(put.getValue(), position));
        }
        return new ClusterFacts(
                namespaces.minusAll(change.namespaceRemovals()).plusAll(change.namespacePuts()),
                newServices,
                change.gateway() == null ? gateway : change.gateway(),
                change.capabilities() == null ? capabilities : change.capabilities());
    }

    static ServiceFact dated(ServiceFact fact, long position) {
        return fact.since() != 0
                ? fact
                : new ServiceFact(fact.labels(), fact.selector(), fact.ports(), fact.versions(), position, fact.gone());
    }
}
