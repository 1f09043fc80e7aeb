package io.weft.agent.live;

import static io.weft.agent.live.ResourceType.CLUSTER;
import static io.weft.agent.live.ResourceType.ENDPOINT;
import static io.weft.agent.live.ResourceType.LISTENER;
import static io.weft.agent.live.ResourceType.ROUTE;

import io.weft.agent.apply.ObservedObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Since when one istiod has each of our objects, counted in its pushes. During its debounce what was sent and what was
 * acknowledged are still equal, of the push before; only a push with a higher number than any that was sent when the
 * object was first seen there can have it.
 */
final class IstiodRecord {
    /** Longer than istiod gathers changes by default (10 s at most): whoever was sent nothing in it needs nothing. */
    static final Duration QUIET = Duration.ofSeconds(15);

    /** Longer than the silence after which it pushes what it gathered (100 ms by default): if nothing came, all went. */
    static final Duration CALM = Duration.ofSeconds(3);

    private static final Set<ResourceType> ALL = EnumSet.of(CLUSTER, LISTENER, ROUTE);
    private static final Set<ResourceType> ENDPOINTS = EnumSet.of(ENDPOINT);

    /**
     * The last moment at which an object can have been new.
     *
     * @param number of the newest push until then
     * @param proxies that were connected then: one that came later may have begun with an older push of a higher number
     */
    record Baseline(long number, Set<String> proxies, Instant at) {}

    /**
     * @param object as istiod has it; null when it has it no more
     * @param scopes of it as it is and as it was since everything was live
     * @param since what has to be newer, by type
     */
    record Tracked(@Nullable ObservedObject object, Set<Scope> scopes, Map<ResourceType, Baseline> since) {
        /** What this proxy was not sent yet, or did not take. */
        Set<ResourceType> missing(Proxy proxy, Instant calmSince, Instant now) {
            Set<ResourceType> missing = EnumSet.noneOf(ResourceType.class);
            since.forEach((type, baseline) -> {
                if (type == ROUTE && proxy.router()) return; // no object of a bundle makes routes of a gateway
                if (!now.isBefore(baseline.at().plus(QUIET))) return;
                if (!now.isBefore(later(baseline.at(), calmSince).plus(CALM))) return;
                boolean taken = proxy.sync(type)
                        .map(sync -> baseline.proxies().contains(proxy.name())
                                && Proxy.number(sync.acknowledged()) > baseline.number())
                        .orElse(type == ROUTE || type == ENDPOINT); // has none of these at all
                if (!taken) missing.add(type);
            });
            return missing;
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private boolean is(ObservedObject other) {
            return object != null && object.uid().equals(other.uid()) && object.generation() == other.generation();
        }
    }

    private final String meshNamespace;
    private final Map<ObjectName, Tracked> tracked = new HashMap<>();
    private String instance = "";
    private long newest;
    private double updates = IstiodReading.UNKNOWN;
    private Instant calmSince = Instant.MAX.minus(CALM);

    IstiodRecord(String meshNamespace) {
        this.meshNamespace = meshNamespace;
    }

    void look(IstiodReading reading, Instant now) {
        long sent = reading.newestSent();
        if (!reading.instance().equals(instance) || sent < newest) tracked.clear(); // it began anew
        instance = reading.instance();
        newest = sent;
        if (reading.updates() < 0) calmSince = Instant.MAX.minus(CALM);
        else if (reading.updates() != updates) calmSince = now;
        updates = reading.updates();
        Set<String> connected = reading.proxies().stream().map(Proxy::name).collect(Collectors.toSet());
        Baseline baseline = new Baseline(sent, connected, now);
        reading.objects()
                .forEach((name, object) -> tracked.compute(name, (n, before) -> {
                    if (before != null && before.is(object)) return before;
                    return changed(before, object, baseline);
                }));
        tracked.replaceAll((name, before) -> {
            boolean gone = before.object() != null && !reading.objects().containsKey(name);
            return gone ? new Tracked(null, before.scopes(), since(before, ALL, baseline)) : before;
        });
    }

    private Tracked changed(@Nullable Tracked before, ObservedObject object, Baseline baseline) {
        Set<Scope> scopes = new HashSet<>(before == null ? Set.of() : before.scopes());
        scopes.add(Scope.of(object, meshNamespace));
        boolean endpoints = before != null && before.object() != null && onlyEndpoints(before.object(), object);
        return new Tracked(object, scopes, since(before, endpoints ? ENDPOINTS : ALL, baseline));
    }

    private static Map<ResourceType, Baseline> since(
            @Nullable Tracked before, Set<ResourceType> moved, Baseline baseline) {
        Map<ResourceType, Baseline> since = new EnumMap<>(ResourceType.class);
        if (before != null) since.putAll(before.since());
        moved.forEach(type -> since.put(type, baseline));
        return since;
    }

    /** Then istiod sends endpoints and nothing else. */
    private static boolean onlyEndpoints(ObservedObject before, ObservedObject now) {
        return now.key().kind().equals("ServiceEntry")
                && before.uid().equals(now.uid())
                && withoutEndpoints(before).equals(withoutEndpoints(now));
    }

    private static ObjectNode withoutEndpoints(ObservedObject object) {
        return object.json().path("spec") instanceof ObjectNode spec
                ? spec.deepCopy().without("endpoints")
                : object.json();
    }

    /** Everything that is here is live: who had an object before matters no more. */
    void settle() {
        tracked.values().removeIf(each -> each.object() == null);
        tracked.replaceAll((name, each) -> {
            ObservedObject object = each.object();
            return object == null ? each : new Tracked(object, Set.of(Scope.of(object, meshNamespace)), each.since());
        });
    }

    /** Since when it has heard of no change of anything; far in the future when it does not tell. */
    Instant calmSince() {
        return calmSince;
    }

    Collection<Tracked> all() {
        return tracked.values();
    }

    /** What this istiod still has to see. */
    List<String> unseen(Expected expected) {
        List<String> unseen = new ArrayList<>();
        expected.objects().forEach((name, wanted) -> {
            Tracked here = tracked.get(name);
            ObservedObject object = here == null ? null : here.object();
            if (object == null || !object.uid().equals(wanted.uid()) || object.generation() < wanted.generation()) {
                unseen.add(name.toString());
            }
        });
        tracked.forEach((name, each) -> {
            boolean wanted =
                    expected.objects().containsKey(name) || expected.leftOut().contains(name);
            if (each.object() != null && !wanted) unseen.add("the deletion of " + name);
        });
        return unseen;
    }
}
