package io.weft.agent.live;

import static io.weft.agent.live.Readings.acknowledged;
import static io.weft.agent.live.Readings.expected;
import static io.weft.agent.live.Readings.object;
import static io.weft.agent.live.Readings.pod;
import static io.weft.agent.live.Readings.reading;
import static io.weft.agent.live.Readings.sent;
import static io.weft.agent.live.Readings.sidecar;
import static io.weft.agent.live.ResourceType.CLUSTER;
import static io.weft.agent.live.ResourceType.ENDPOINT;
import static io.weft.agent.live.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.agent.apply.ObservedObject;
import io.weft.protocol.v1.LiveState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final String SPEC = "{exportTo: [web, shop]}";
    private static final ObservedObject OLD = object("VirtualService", "shop", "cart", 1, SPEC);
    private static final ObservedObject NEW = object("VirtualService", "shop", "cart", 2, SPEC);
    private static final List<MeshedPod> PODS = List.of(pod("web-1", "web"), pod("other-1", "other"));

    private static final ObjectName NAME = new ObjectName("VirtualService", "shop", "cart");

    private final Measurement measurement = new Measurement("istio-system");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Verdict after(Expected wanted, IstiodReading... readings) {
        List<IstiodReading> all = List.of(readings);
        measurement.look(all, now);
        return measurement.judge(wanted, all, PODS, now);
    }

    /** Everything is live with the route of generation 1 and push 7; other-1 has nothing to do with it. */
    private void settled() {
        after(expected(OLD), reading("istiod", List.of(OLD), sidecar("web-1.web", 7), sidecar("other-1.other", 7)));
        now = now.plus(IstiodRecord.QUIET);
        assertThat(after(
                                expected(OLD),
                                reading("istiod", List.of(OLD), sidecar("web-1.web", 7), sidecar("other-1.other", 7)))
                        .live())
                .isTrue();
        measurement.settle();
    }

    private IstiodReading with(ObservedObject route, Proxy web) {
        return reading("istiod", List.of(route), web, sidecar("other-1.other", 7));
    }

    @Test
    void whatWasAcknowledgedBeforeIstiodSawTheChangeDoesNotCount() {
        settled();

        Verdict debouncing = after(expected(NEW), with(NEW, sidecar("web-1.web", 7)));
        assertThat(debouncing.state()).isEqualTo(LiveState.LIVE_STATE_WAITING);
        assertThat(debouncing.stragglers())
                .containsExactly(Map.entry("web-1.web", "was not sent clusters, listeners, routes yet"));

        assertThat(after(expected(NEW), with(NEW, sidecar("web-1.web", 8))).live())
                .isTrue();
    }

    @Test
    void onlyProxiesConcernedAreCounted() {
        settled();

        assertThat(after(expected(NEW), with(NEW, sidecar("web-1.web", 8))).proxies())
                .isEqualTo(1);
    }

    @Test
    void anIstiodThatHasNotSeenTheObjectIsNamed() {
        settled();

        Verdict verdict = after(expected(NEW), with(OLD, sidecar("web-1.web", 9)));

        assertThat(verdict.live()).isFalse();
        assertThat(verdict.reason()).isEqualTo("istiod has not seen VirtualService shop/cart");
    }

    @Test
    void anObjectMadeAnewIsNotTheOneThatWasThere() {
        settled();
        Expected again = new Expected(Map.of(NAME, new Expected.Version("another", 1)), Set.of());

        assertThat(after(again, with(OLD, sidecar("web-1.web", 8))).live()).isFalse();
    }

    @Test
    void oneTypeOfAPushIsNotEnough() {
        settled();
        after(expected(NEW), with(NEW, sidecar("web-1.web", 7)));

        Proxy half = Readings.with(sidecar("web-1.web", 8), ROUTE, acknowledged(7));

        assertThat(after(expected(NEW), with(NEW, half)).stragglers())
                .containsExactly(Map.entry("web-1.web", "was not sent routes yet"));
    }

    @Test
    void aFrozenProxyIsWaitedForHoweverLong() {
        settled();
        after(expected(NEW), with(NEW, sidecar("web-1.web", 7)));
        now = now.plus(Duration.ofHours(1));

        Proxy frozen = Readings.with(sidecar("web-1.web", 7), ROUTE, sent(8, 7, ""));

        assertThat(after(expected(NEW), with(NEW, frozen)).stragglers())
                .containsExactly(Map.entry("web-1.web", "has not acknowledged routes"));
    }

    @Test
    void gatewaysAreCountedAmongThoseThatWait() {
        ObservedObject old = entry(1);
        after(expected(old), reading("istiod", List.of(old), sidecar("web-1.web", 7), gateway(7)));
        now = now.plus(IstiodRecord.QUIET);
        after(expected(old), reading("istiod", List.of(old), sidecar("web-1.web", 7), gateway(7)));
        measurement.settle();
        ObservedObject changed = entry(2);
        after(expected(changed), reading("istiod", List.of(changed), sidecar("web-1.web", 7), gateway(7)));

        Verdict sidecarWaits =
                after(expected(changed), reading("istiod", List.of(changed), sidecar("web-1.web", 7), gateway(8)));
        assertThat(sidecarWaits.stragglers()).containsOnlyKeys("web-1.web");
        assertThat(sidecarWaits.gatewaysWaiting()).isZero();

        Verdict gatewayWaits =
                after(expected(changed), reading("istiod", List.of(changed), sidecar("web-1.web", 8), gateway(7)));
        assertThat(gatewayWaits.stragglers()).containsOnlyKeys("gw-1.istio-system");
        assertThat(gatewayWaits.gatewaysWaiting()).isEqualTo(1);
    }

    private static ObservedObject entry(int generation) {
        return object(
                "ServiceEntry",
                "shop",
                "cart",
                generation,
                "{exportTo: [web, istio-system], ports: [{number: " + (80 + generation) + "}]}");
    }

    private static Proxy gateway(long push) {
        return new Proxy(
                "gw-1.istio-system", true, sidecar("gw-1.istio-system", push).resources());
    }

    @Test
    void aRefusalIsToldAsOne() {
        settled();
        after(expected(NEW), with(NEW, sidecar("web-1.web", 7)));

        Verdict verdict = after(
                expected(NEW),
                with(NEW, Readings.with(sidecar("web-1.web", 8), CLUSTER, sent(8, 7, "bad\n duration"))));

        assertThat(verdict.state()).isEqualTo(LiveState.LIVE_STATE_REJECTED);
        assertThat(verdict.stragglers()).containsExactly(Map.entry("web-1.web", "refused clusters: bad duration"));
    }

    @Test
    void changedEndpointsMoveEndpointsOnly() {
        ObservedObject before =
                object("ServiceEntry", "shop", "cart", 1, "{exportTo: [web], endpoints: [{weight: 1}]}");
        ObservedObject changed =
                object("ServiceEntry", "shop", "cart", 2, "{exportTo: [web], endpoints: [{weight: 2}]}");
        after(expected(before), reading("istiod", List.of(before), sidecar("web-1.web", 7)));
        now = now.plus(IstiodRecord.QUIET);
        assertThat(after(expected(changed), reading("istiod", List.of(changed), sidecar("web-1.web", 7)))
                        .stragglers())
                .containsExactly(Map.entry("web-1.web", "was not sent endpoints yet"));

        Proxy moved = Readings.with(sidecar("web-1.web", 7), ENDPOINT, acknowledged(8));

        assertThat(after(expected(changed), reading("istiod", List.of(changed), moved))
                        .live())
                .isTrue();
    }

    @Test
    void whoLosesAnObjectIsWaitedForToo() {
        settled();
        ObservedObject narrowed = object("VirtualService", "shop", "cart", 2, "{exportTo: [shop]}");

        assertThat(after(expected(narrowed), with(narrowed, sidecar("web-1.web", 7)))
                        .stragglers())
                .containsOnlyKeys("web-1.web");
        assertThat(after(expected(narrowed), with(narrowed, sidecar("web-1.web", 8)))
                        .live())
                .isTrue();
    }

    @Test
    void aDeletionIsLiveWhenItWasPushed() {
        settled();
        assertThat(after(expected(), with(OLD, sidecar("web-1.web", 7))).reason())
                .isEqualTo("istiod has not seen the deletion of VirtualService shop/cart");

        IstiodReading gone = reading("istiod", List.of(), sidecar("web-1.web", 7));
        assertThat(after(expected(), gone).stragglers()).containsOnlyKeys("web-1.web");
        assertThat(after(expected(), reading("istiod", List.of(), sidecar("web-1.web", 8)))
                        .live())
                .isTrue();
    }

    @Test
    void whatCouldNotBeAppliedIsNotWaitedFor() {
        settled();

        assertThat(after(new Expected(Map.of(), Set.of(NAME)), with(OLD, sidecar("web-1.web", 7)))
                        .live())
                .isTrue();
    }

    @Test
    void aServingPodThatNoIstiodKnowsIsWaitedFor() {
        settled();

        assertThat(after(expected(NEW), reading("istiod", List.of(NEW))).stragglers())
                .containsExactly(Map.entry("web-1.web", "is not connected to istiod"));
    }

    @Test
    void aProxyThatConnectedAfterTheChangeMayHaveBegunWithAnOlderPush() {
        settled();
        after(expected(NEW), reading("istiod", List.of(NEW), sidecar("other-1.other", 7)));
        IstiodReading late = reading("istiod", List.of(NEW), sidecar("web-1.web", 9));

        assertThat(after(expected(NEW), late).stragglers()).containsOnlyKeys("web-1.web");
        now = now.plus(IstiodRecord.QUIET);
        assertThat(after(expected(NEW), late).live()).isTrue();
    }

    @Test
    void aRestartedIstiodCountsAnew() {
        settled();
        after(expected(NEW), with(NEW, sidecar("web-1.web", 7)));
        IstiodReading restarted = new IstiodReading(
                "istiod",
                "another",
                with(NEW, sidecar("web-1.web", 9)).objects(),
                List.of(sidecar("web-1.web", 9)),
                IstiodReading.UNKNOWN);

        assertThat(after(expected(NEW), restarted).live()).isFalse();
        now = now.plus(IstiodRecord.QUIET);
        assertThat(after(expected(NEW), restarted).live()).isTrue();
    }

    @Test
    void whenIstiodHeardOfNothingForAWhileAllItHadToSendWasSent() {
        IstiodReading missed = with(NEW, sidecar("web-1.web", 8));
        after(expected(NEW), Readings.after(5, missed));
        now = now.plus(IstiodRecord.CALM).minusMillis(1);
        assertThat(after(expected(NEW), Readings.after(5, missed)).live()).isFalse();
        now = now.plusMillis(1);
        assertThat(after(expected(NEW), Readings.after(6, missed)).live()).isFalse();
        now = now.plus(IstiodRecord.CALM);

        assertThat(after(expected(NEW), Readings.after(6, missed)).live()).isTrue();
    }

    @Test
    void whoDoesNotTellWhatItHeardOfIsGivenMoreTime() {
        IstiodReading missed = with(NEW, sidecar("web-1.web", 8));
        after(expected(NEW), missed);
        now = now.plus(IstiodRecord.QUIET).minusMillis(1);
        assertThat(after(expected(NEW), missed).live()).isFalse();
        now = now.plusMillis(1);

        assertThat(after(expected(NEW), missed).live()).isTrue();
    }

    @Test
    void everyIstiodHasToHaveSeenIt() {
        after(
                expected(NEW),
                reading("istiod-a", List.of(NEW), sidecar("web-1.web", 7)),
                reading("istiod-b", List.of(OLD)));
        now = now.plus(IstiodRecord.QUIET);

        assertThat(after(
                                expected(NEW),
                                reading("istiod-a", List.of(NEW), sidecar("web-1.web", 8)),
                                reading("istiod-b", List.of(OLD)))
                        .reason())
                .isEqualTo("istiod-b has not seen VirtualService shop/cart");
    }
}
