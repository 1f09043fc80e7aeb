package io.weft.agent.live;

import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.ProxyLive;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the proxies have it.
 *
 * @param proxies how many are concerned
 * @param stragglers what each of those lacks that have not got it, by {@code pod.namespace}
 * @param gatewaysWaiting how many of the stragglers are gateways
 * @param reason what is in the way of all of them; empty when nothing is
 */
record Verdict(LiveState state, int proxies, SortedMap<String, String> stragglers, int gatewaysWaiting, String reason) {
    private static final int MOST_STRAGGLERS = 20;
    private static final int LONGEST_DETAIL = 300;

    Verdict {
        stragglers = Collections.unmodifiableSortedMap(new TreeMap<>(stragglers));
    }

    static Verdict unreadable(String reason) {
        return new Verdict(LiveState.LIVE_STATE_UNREADABLE, 0, new TreeMap<>(), 0, reason);
    }

    boolean live() {
        return state == LiveState.LIVE_STATE_LIVE;
    }

    /** As it is said to the hub, of the bundle that was measured. */
    Live of(Target target) {
        Live.Builder live = Live.newBuilder()
                .setVersion(target.version().bytes())
                .setIncarnation(target.place().incarnation())
                .setPosition(target.place().position())
                .setState(state)
                .setProxies(proxies)
                .setWaiting(stragglers.size())
                .setGatewaysWaiting(gatewaysWaiting)
                .setReason(reason);
        stragglers.entrySet().stream()
                .limit(MOST_STRAGGLERS)
                .forEach(each -> live.addStragglers(
                        ProxyLive.newBuilder().setProxy(each.getKey()).setDetail(cut(each.getValue()))));
        return live.build();
    }

    private static String cut(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
    }
}
