package io.weft.policy.compile;

import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Call;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.GatewayName;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.render.istio.IstioRenderer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** What was compiled last for one cluster, by unit, and what must be compiled again. */
final class ClusterState {
    private record OnceInput(GatewayFact gateway, SortedSet<String> domains, SortedSet<String> callers) {}

    final Set<String> dirtyHosts = new HashSet<>();
    final Set<GnsName> dirtyNamespaces = new HashSet<>();
    final NavigableMap<String, UnitOutput> units = new TreeMap<>();
    private final SortedMap<String, Integer> domains = new TreeMap<>();
    private final SortedMap<String, List<Finding>> findings = new TreeMap<>();
    private @Nullable OnceInput onceInput;
    private List<BundleObject> once = List.of();
    private Bundle bundle = Bundle.EMPTY;
    private PSortedSet<GatewayName> answers = TreePSet.empty();
    private PSortedSet<Call> calls = TreePSet.empty();

    Bundle bundle() {
        return bundle;
    }

    SortedSet<GatewayName> answers() {
        return answers;
    }

    SortedSet<Call> calls() {
        return calls;
    }

    /** Domains of which the gateway answers something. */
    SortedSet<String> domains() {
        return new TreeSet<>(domains.keySet());
    }

    List<Finding> findings(List<Finding> first) {
        List<Finding> all = new ArrayList<>(first);
        findings.values().forEach(all::addAll);
        return all;
    }

    void put(String host, UnitOutput after) {
        UnitOutput before = units.getOrDefault(host, UnitOutput.NOTHING);
        replace(before.objects(), after.objects());
        if (!before.answers().equals(after.answers())) {
            answers = answers.minusAll(before.answers()).plusAll(after.answers());
        }
        if (!before.calls().equals(after.calls())) {
            calls = calls.minusAll(before.calls()).plusAll(after.calls());
        }
        if (before.receives() != after.receives()) {
            domains.merge(Hosts.domain(host), after.receives() ? 1 : -1, (a, b) -> a + b == 0 ? null : a + b);
        }
        if (after.findings().isEmpty()) {
            findings.remove(host);
        } else {
            findings.put(host, after.findings());
        }
        if (after.isEmpty()) {
            units.remove(host);
        } else {
            units.put(host, after);
        }
    }

    void putOnce(ClusterName cluster, GatewayFact gateway, SortedSet<String> callers, IstioRenderer renderer) {
        OnceInput input = new OnceInput(gateway, domains(), callers);
        if (input.equals(onceInput)) return;
        List<BundleObject> after = ClusterUnit.objects(cluster, gateway, input.domains, callers, renderer);
        replace(once, after);
        once = after;
        onceInput = input;
    }

    private void replace(List<BundleObject> before, List<BundleObject> after) {
        Set<ObjectKey> kept = new HashSet<>();
        for (BundleObject object : after) kept.add(object.key());
        for (BundleObject object : before) {
            if (!kept.contains(object.key())) bundle = bundle.minus(object.key());
        }
        for (BundleObject object : after) bundle = bundle.plus(object);
    }
}
