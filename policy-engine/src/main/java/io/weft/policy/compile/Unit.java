package io.weft.policy.compile;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.compile.UnitInput.Place;
import io.weft.policy.image.Call;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.Provenance;
import io.weft.policy.plan.ServicePlan;
import io.weft.policy.plan.ServicePlan.Local;
import io.weft.policy.plan.ServicePlan.Receive;
import io.weft.policy.plan.ServicePlan.Send;
import io.weft.policy.render.istio.IstioRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The function from all that one cluster may know of one global service to what it has for it. */
final class Unit {
    private Unit() {}

    static UnitOutput compile(UnitInput input, IstioRenderer renderer) {
        ServiceView view = input.view();
        Sending sending = view == null ? null : new Sending(input, view);
        boolean sends = sending != null && sending.isNeeded();
        Send send = sending != null && sends ? sending.plan() : null;
        List<Call> calls = sending != null && sends ? sending.calls() : List.of();
        Receive receive = Receiving.plan(input);
        Local local = local(input, send, receive);
        List<BundleObject> objects = List.of();
        if (send != null || receive != null) {
            objects = renderer.render(new ServicePlan(
                    input.cluster(),
                    input.host(),
                    view == null ? null : view.address(),
                    identities(input),
                    view == null ? Provenance.KEPT : view.provenance(),
                    local,
                    receive,
                    send));
        }
        List<Finding> findings = new ArrayList<>();
        if (view != null) findings.addAll(view.findings().getOrDefault(input.cluster(), List.of()));
        if (sending != null && sends) findings.addAll(sending.findings());
        return new UnitOutput(objects, Receiving.answers(input), calls, receive != null, findings);
    }

    private static @Nullable Local local(UnitInput input, @Nullable Send send, @Nullable Receive receive) {
        Site own = input.own();
        Place place = input.place();
        if (own != null && (send != null || receive != null)) {
            List<GlobalPort> ports = Receiving.ports(input, own.ports());
            return new Local(own.namespace(), own.fact().selector(), ports, callers(send));
        }
        if (place == null || receive == null) return null;
        List<GlobalPort> ports = Receiving.ports(input, List.of());
        return new Local(place.namespace(), place.fact().selector(), ports, new TreeSet<>());
    }

    private static SortedSet<String> callers(@Nullable Send send) {
        return send == null ? new TreeSet<>() : send.callers();
    }

    private static SortedSet<String> identities(UnitInput input) {
        return input.view() == null
                ? new TreeSet<>()
                : input.view().identities().getOrDefault(input.trustDomain(), new TreeSet<>());
    }
}
