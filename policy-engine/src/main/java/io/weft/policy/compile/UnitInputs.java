package io.weft.policy.compile;

import io.weft.policy.compile.UnitInput.Place;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers the input of a unit from an image. */
final class UnitInputs {
    private UnitInputs() {}

    static UnitInput read(TenantImage image, ClusterName cluster, String host, @Nullable ServiceView view) {
        ClusterFacts facts = image.facts(cluster);
        UnitInput bare = new UnitInput(
                cluster,
                host,
                view,
                facts.gateway(),
                facts.capabilities().network(),
                facts.capabilities().trustDomain(),
                new TreeSet<>(),
                null);
        SortedSet<GatewayName> kept = kept(image, bare);
        return kept.isEmpty()
                ? bare
                : new UnitInput(
                        cluster,
                        host,
                        view,
                        bare.gateway(),
                        bare.network(),
                        bare.trustDomain(),
                        kept,
                        place(image, bare));
    }

    private static SortedSet<GatewayName> kept(TenantImage image, UnitInput unit) {
        AckState state = image.acknowledged(unit.cluster());
        SortedSet<GatewayName> answered = Hosts.answered(state, unit.host());
        SortedSet<GatewayName> kept = new TreeSet<>();
        if (answered.isEmpty()) return kept;
        SortedSet<GatewayName> wanted = Receiving.wanted(unit);
        for (GatewayName name : answered) {
            boolean candidate = name.port() != Hosts.PLACE
                    && !wanted.contains(name)
                    && !state.dropping().contains(name);
            if (candidate && called(image, unit.cluster(), name)) kept.add(name);
        }
        return kept;
    }

    private static boolean called(TenantImage image, ClusterName callee, GatewayName name) {
        Call call = new Call(callee, name);
        for (Map.Entry<ClusterName, AckState> other : image.acknowledgements().entrySet()) {
            if (!other.getKey().equals(callee) && other.getValue().calls().contains(call)) return true;
        }
        return false;
    }

    /** Where the gateway sends what is called by kept names: as it does now, even if all that was declared is gone. */
    private static @Nullable Place place(TenantImage image, UnitInput unit) {
        Site own = unit.own();
        if (own != null) return new Place(own.namespace(), own.fact());
        ClusterFacts facts = image.facts(unit.cluster());
        String service = Hosts.service(unit.host());
        for (GatewayName name : Hosts.answered(image.acknowledged(unit.cluster()), unit.host())) {
            if (name.port() != Hosts.PLACE) break;
            ServiceFact fact = facts.services().get(new ServiceId(name.subset(), service));
            if (fact != null) return new Place(name.subset(), fact);
        }
        return null;
    }
}
