package io.weft.agent.live;

import io.weft.agent.live.IstiodRecord.Tracked;
import io.weft.agent.live.Proxy.Sync;
import io.weft.protocol.v1.LiveState;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is remembered of every istiod from one reading to the next, and what follows from it. No I/O, no clock. */
final class Measurement {
    private static final int MOST_NAMED = 3;

    private final String meshNamespace;
    private final Map<String, IstiodRecord> istiods = new HashMap<>();

    /** @param meshNamespace where istiod is */
    Measurement(String meshNamespace) {
        this.meshNamespace = meshNamespace;
    }

    /** Remembers a reading of every istiod; one that is not among them is forgotten. */
    void look(List<IstiodReading> readings, Instant now) {
        istiods.keySet().retainAll(readings.stream().map(IstiodReading::istiod).collect(Collectors.toSet()));
        for (IstiodReading reading : readings) {
            istiods.computeIfAbsent(reading.istiod(), name -> new IstiodRecord(meshNamespace))
                    .look(reading, now);
        }
    }

    /** To be called when a verdict was live and is believed. */
    void settle() {
        istiods.values().forEach(IstiodRecord::settle);
    }

    /**
     * @param readings those that were looked at last
     * @param pods all that have a proxy
     */
    Verdict judge(Expected expected, List<IstiodReading> readings, Collection<MeshedPod> pods, Instant now) {
        Map<String, MeshedPod> byProxy = new HashMap<>();
        pods.forEach(pod -> byProxy.put(pod.proxy(), pod));
        Set<String> connected = new HashSet<>();
        Set<String> concerned = new HashSet<>();
        SortedMap<String, String> stragglers = new TreeMap<>();
        Set<String> gateways = new HashSet<>();
        boolean refused = false;
        for (IstiodReading reading : readings) {
            for (Proxy proxy : reading.proxies()) {
                connected.add(proxy.name());
                List<Tracked> here = concerning(reading, proxy, byProxy.get(proxy.name()));
                if (here.isEmpty()) continue;
                concerned.add(proxy.name());
                if (proxy.router()) gateways.add(proxy.name());
                String lacking = lacking(proxy, here, record(reading.istiod()).calmSince(), now);
                if (!lacking.isEmpty()) stragglers.put(proxy.name(), lacking);
                refused |= proxy.resources().values().stream().anyMatch(Sync::refused);
            }
        }
        for (MeshedPod pod : pods) {
            if (!pod.ready() || connected.contains(pod.proxy()) || !concerns(pod)) continue;
            concerned.add(pod.proxy());
            if (pod.router()) gateways.add(pod.proxy());
            stragglers.put(pod.proxy(), "is not connected to istiod");
        }
        String unseen = unseen(expected, readings);
        LiveState state = refused
                ? LiveState.LIVE_STATE_REJECTED
                : stragglers.isEmpty() && unseen.isEmpty() ? LiveState.LIVE_STATE_LIVE : LiveState.LIVE_STATE_WAITING;
        gateways.retainAll(stragglers.keySet());
        return new Verdict(state, concerned.size(), stragglers, gateways.size(), unseen);
    }

    private IstiodRecord record(String istiod) {
        return istiods.computeIfAbsent(istiod, name -> new IstiodRecord(meshNamespace));
    }

    private List<Tracked> concerning(IstiodReading reading, Proxy proxy, @Nullable MeshedPod pod) {
        return record(reading.istiod()).all().stream()
                .filter(tracked -> tracked.scopes().stream()
                        .anyMatch(scope -> pod == null
                                ? scope.mayConcern(proxy.namespace(), proxy.router())
                                : scope.concerns(proxy.namespace(), proxy.router(), pod.labels())))
                .toList();
    }

    private boolean concerns(MeshedPod pod) {
        return istiods.values().stream()
                .flatMap(record -> record.all().stream())
                .flatMap(tracked -> tracked.scopes().stream())
                .anyMatch(scope -> scope.concerns(pod.namespace(), pod.router(), pod.labels()));
    }

    /** What it refused, what is on its way, or what it was not sent yet; empty when it has everything. */
    private static String lacking(Proxy proxy, List<Tracked> objects, Instant calmSince, Instant now) {
        if (proxy.resources().isEmpty()) return "was sent nothing yet";
        SortedMap<ResourceType, String> refused = new TreeMap<>();
        Set<ResourceType> onTheWay = EnumSet.noneOf(ResourceType.class);
        proxy.resources().forEach((type, sync) -> {
            if (sync.refused()) refused.put(type, sync.error());
            else if (!sync.settled()) onTheWay.add(type);
        });
        if (!refused.isEmpty()) {
            return refused.entrySet().stream()
                    .map(each -> "refused " + words(Set.of(each.getKey())) + ": " + oneLine(each.getValue()))
                    .collect(Collectors.joining("; "));
        }
        if (!onTheWay.isEmpty()) return "has not acknowledged " + words(onTheWay);
        Set<ResourceType> missing = EnumSet.noneOf(ResourceType.class);
        objects.forEach(tracked -> missing.addAll(tracked.missing(proxy, calmSince, now)));
        return missing.isEmpty() ? "" : "was not sent " + words(missing) + " yet";
    }

    private static String words(Set<ResourceType> types) {
        return types.stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "s")
                .collect(Collectors.joining(", "));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private String unseen(Expected expected, List<IstiodReading> readings) {
        return readings.stream()
                .map(reading -> {
                    List<String> unseen = record(reading.istiod()).unseen(expected);
                    if (unseen.isEmpty()) return "";
                    String more = unseen.size() > MOST_NAMED ? ", …" : "";
                    return reading.istiod() + " has not seen "
                            + unseen.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", ")) + more;
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
