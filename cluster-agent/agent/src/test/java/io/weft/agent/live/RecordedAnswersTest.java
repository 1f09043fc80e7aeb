package io.weft.agent.live;

import static io.weft.agent.live.ResourceType.CLUSTER;
import static io.weft.agent.live.ResourceType.ENDPOINT;
import static io.weft.agent.live.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weft.agent.apply.ObservedObject;
import io.weft.agent.apply.Ownership;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Answers that an istiod gave: a gateway, a sidecar of shop and one of web, and the objects of one global service. */
class RecordedAnswersTest {
    static InputStream recorded(String name) {
        InputStream answer = RecordedAnswersTest.class.getResourceAsStream(name);
        if (answer == null) throw new IllegalStateException(name + ": missing");
        return answer;
    }

    static List<Proxy> proxies(String name) {
        try (InputStream answer = recorded(name)) {
            return IstiodReading.proxies(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proxy proxy(String answer, String name) {
        return proxies(answer).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aProxyIsReadWithItsRoleAndTheNumbersOfItsPushes() {
        assertThat(proxies("syncz.json"))
                .extracting(Proxy::name, Proxy::router, Proxy::namespace, Proxy::newestSent, Proxy::settled)
                .containsExactlyInAnyOrder(
                        tuple("gw-e.istio-system", true, "istio-system", 19L, true),
                        tuple("cart-e1.shop", false, "shop", 19L, true),
                        tuple("web-e.web", false, "web", 19L, true));
        assertThat(proxy("syncz.json", "gw-e.istio-system").sync(ROUTE)).isEmpty();
    }

    @Test
    void aFrozenProxyWasSentWhatItHasNotAcknowledged() {
        Proxy frozen = proxy("syncz-frozen.json", "cart-e1.shop");

        assertThat(frozen.settled()).isFalse();
        assertThat(frozen.sync(ROUTE)).hasValueSatisfying(route -> {
            assertThat(Proxy.number(route.sent())).isEqualTo(34);
            assertThat(Proxy.number(route.acknowledged())).isEqualTo(29);
            assertThat(route.refused()).isFalse();
        });
        assertThat(frozen.sync(ENDPOINT))
                .hasValueSatisfying(endpoints -> assertThat(endpoints.settled()).isTrue());
        assertThat(proxy("syncz-frozen.json", "web-e.web").settled()).isTrue();
    }

    @Test
    void aRefusalHasTheProxysWords() {
        Proxy refusing = proxy("syncz-refused.json", "cart-e1.shop");

        assertThat(refusing.sync(CLUSTER)).hasValueSatisfying(clusters -> {
            assertThat(clusters.refused()).isTrue();
            assertThat(clusters.error()).startsWith("Invalid duration: Expected positive duration");
        });
        assertThat(refusing.sync(ROUTE))
                .hasValueSatisfying(routes -> assertThat(routes.settled()).isTrue());
    }

    @Test
    void onlyOurObjectsAreReadOfTheConfiguration() throws IOException {
        try (InputStream ours = recorded("configz.json");
                InputStream others = recorded("configz.json")) {
            Map<ObjectName, ObservedObject> objects = IstiodReading.objects(ours, new Ownership("h"));

            assertThat(objects)
                    .containsOnlyKeys(
                            new ObjectName("DestinationRule", "istio-system", "cart-gateway"),
                            new ObjectName("DestinationRule", "shop", "cart"),
                            new ObjectName("Gateway", "istio-system", "passthrough"),
                            new ObjectName("ServiceEntry", "shop", "cart"),
                            new ObjectName("ServiceEntry", "shop", "cart-remote"),
                            new ObjectName("VirtualService", "shop", "cart"));
            assertThat(objects.get(new ObjectName("ServiceEntry", "shop", "cart")))
                    .isNotNull()
                    .extracting(ObservedObject::generation)
                    .isEqualTo(2L);
            assertThat(IstiodReading.objects(others, new Ownership("another"))).isEmpty();
        }
    }

    @Test
    void theChangesThatIstiodHeardOfAreCountedOverAllTypes() {
        Stream<String> metrics = Stream.of(
                "# TYPE pilot_inbound_updates counter",
                "pilot_inbound_updates{type=\"config\"} 14",
                "pilot_inbound_updates{type=\"eds\"} 1.5e+01",
                "pilot_push_triggers{type=\"service\"} 2");

        assertThat(IstiodReading.updates(metrics)).isEqualTo(29);
        assertThat(IstiodReading.updates(Stream.of("pilot_push_triggers{type=\"service\"} 2")))
                .isEqualTo(IstiodReading.UNKNOWN);
    }

    @Test
    void whatIsNoListIsAnError() {
        InputStream page = new ByteArrayInputStream("<html>".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> IstiodReading.proxies(page)).isInstanceOf(JacksonException.class);
    }

    @Test
    void aVersionThatIsNoneHasNoNumber() {
        assertThat(Proxy.number("")).isZero();
        assertThat(Proxy.number("2026-11-21T14:06:15Z/")).isZero();
        assertThat(Proxy.number("2026-11-21T14:06:15Z/x8ca11e12-f4dd-4e72-bba9-d414a0202257"))
                .isZero();
    }
}
