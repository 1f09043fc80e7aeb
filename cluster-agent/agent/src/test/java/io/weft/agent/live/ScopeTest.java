package io.weft.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final Map<String, String> GATEWAY = Map.of("istio", "eastwestgateway");

    private static Scope scope(String kind, String namespace, String spec) {
        return Scope.of(Readings.object(kind, namespace, "cart", 1, spec), "istio-system");
    }

    private static boolean sidecar(Scope scope, String namespace) {
        return scope.concerns(namespace, false, Map.of());
    }

    @Test
    void anExportedObjectConcernsTheNamespacesThatItIsExportedTo() {
        Scope route = scope("VirtualService", "shop", "{exportTo: [web, '.']}");

        assertThat(sidecar(route, "web")).isTrue();
        assertThat(sidecar(route, "shop")).isTrue();
        assertThat(sidecar(route, "store")).isFalse();
        assertThat(sidecar(scope("VirtualService", "shop", "{}"), "store")).isTrue();
        assertThat(sidecar(scope("ServiceEntry", "shop", "{exportTo: ['*']}"), "store"))
                .isTrue();
    }

    @Test
    void aRouteOfTheMeshDoesNotConcernGateways() {
        assertThat(scope("VirtualService", "shop", "{}").concerns("shop", true, Map.of()))
                .isFalse();
        Scope ingress = scope("VirtualService", "shop", "{gateways: [istio-system/in]}");
        assertThat(ingress.concerns("istio-system", true, Map.of())).isTrue();
        assertThat(sidecar(ingress, "shop")).isFalse();
    }

    @Test
    void aSelectorLeavesOutPodsWithOtherLabels() {
        Scope rule = scope(
                "DestinationRule",
                "istio-system",
                "{exportTo: ['.'], workloadSelector: {matchLabels: {istio: eastwestgateway}}}");

        assertThat(rule.concerns("istio-system", true, GATEWAY)).isTrue();
        assertThat(rule.concerns("istio-system", true, Map.of("istio", "ingress")))
                .isFalse();
        assertThat(rule.concerns("shop", true, GATEWAY)).isFalse();
        assertThat(rule.mayConcern("istio-system", true)).isTrue();
    }

    @Test
    void theSelectorOfAnEntryIsOfBackEndsAndLeavesOutNoCaller() {
        assertThat(sidecar(
                        scope("ServiceEntry", "shop", "{exportTo: [web], workloadSelector: {labels: {app: cart}}}"),
                        "web"))
                .isTrue();
    }

    @Test
    void aGatewayConcernsItsProxiesWhereverTheyAre() {
        Scope gateway = scope("Gateway", "istio-system", "{selector: {istio: eastwestgateway}}");

        assertThat(gateway.concerns("gateways", true, GATEWAY)).isTrue();
        assertThat(gateway.concerns("gateways", false, GATEWAY)).isFalse();
    }

    @Test
    void aFilterConcernsItsNamespaceAndInTheMeshsOwnEverybody() {
        assertThat(sidecar(scope("EnvoyFilter", "web", "{}"), "web")).isTrue();
        assertThat(sidecar(scope("EnvoyFilter", "web", "{}"), "shop")).isFalse();
        assertThat(sidecar(scope("EnvoyFilter", "istio-system", "{}"), "shop")).isTrue();
    }
}
