package io.weft.policy;

import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Random acknowledgements in the order that the hub keeps: only what is callable begins to be called, only what nobody
 * calls begins to drop, only what drops is lost.
 */
final class RandomAcknowledgements {
    static final List<String> HOSTS = Stream.of("shop.example", "depot.example")
            .flatMap(domain -> Stream.of("cart.", "payment.", "catalog.").map(service -> service + domain))
            .toList();

    private static final List<String> SUBSETS =
            List.of("prefer-east", "prefer-west", "prefer-north", "v1", "v2", "prefer-east-v1");

    private final Dice dice;

    RandomAcknowledgements(Dice dice) {
        this.dice = dice;
    }

    Acknowledged next(ClusterName cluster, TenantImage image) {
        AckState now = image.acknowledged(cluster);
        SortedSet<GatewayName> gained = new TreeSet<>();
        if (dice.chance(70)) {
            String host = dice.one(HOSTS);
            for (String subset : dice.some(SUBSETS, 60)) gained.add(new GatewayName(host, 80, subset));
        }
        SortedSet<GatewayName> uncalled = new TreeSet<>(now.answers());
        uncalled.removeAll(called(cluster, image));
        SortedSet<GatewayName> lost = dice.some(now.dropping(), 30);
        gained.removeAll(lost);
        SortedSet<GatewayName> dropping = dice.some(uncalled, 15);
        dropping.removeAll(lost);
        dropping.removeAll(gained);
        SortedSet<Call> callsLost = dice.some(now.calls(), 15);
        SortedSet<Call> callsGained = dice.some(callable(image), 15);
        callsGained.removeAll(callsLost);
        SortedMap<String, String> refusals = new TreeMap<>();
        if (dice.chance(20)) refusals.put("v1|VirtualService|shop|" + dice.one("cart", "payment"), "no \"such\" field");
        SortedSet<String> cleared = dice.some(now.refusals().keySet(), 30);
        cleared.removeAll(refusals.keySet());
        return new Acknowledged(cluster, 1, gained, dropping, lost, callsGained, callsLost, refusals, cleared);
    }

    private static SortedSet<GatewayName> called(ClusterName callee, TenantImage image) {
        SortedSet<GatewayName> names = new TreeSet<>();
        image.acknowledgements()
                .values()
                .forEach(state -> state.calls().forEach(call -> {
                    if (call.callee().equals(callee)) names.add(call.name());
                }));
        return names;
    }

    private static SortedSet<Call> callable(TenantImage image) {
        SortedSet<Call> calls = new TreeSet<>();
        image.acknowledgements()
                .forEach((callee, state) -> state.answers().forEach(name -> {
                    if (state.callable(name)) calls.add(new Call(callee, name));
                }));
        return calls;
    }
}
