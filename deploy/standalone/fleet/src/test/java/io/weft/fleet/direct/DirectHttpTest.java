package io.weft.fleet.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.weft.fleet.cluster.SimulatedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fabric8 sees the same by calls as by connections. */
class DirectHttpTest {
    private final SimulatedCluster cluster = SimulatedCluster.inMemory("east");

    enum Way {
        BY_CALLS,
        BY_TLS;

        HttpClient.Factory to(SimulatedCluster cluster) {
            return this == BY_CALLS ? new DirectHttp(cluster) : new VertxHttpClientFactory();
        }
    }

    private KubernetesClient client(Way way, String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.url())
                .withCaCertData(
                        Base64.getEncoder().encodeToString(cluster.authority().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withNamespace("default")
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(50)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(way.to(cluster))
                .build();
    }

    private KubernetesClient administrator(Way way) {
        return client(way, cluster.administratorToken());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsWrittenIsReadAndWhatIsNotThereIsNot(Way way) {
        try (KubernetesClient client = administrator(way)) {
            client.resource(map("a", "1")).create();
            client.resource(map("b", "1")).serverSideApply();
            client.configMaps()
                    .withName("b")
                    .edit(map -> new ConfigMapBuilder(map)
                            .addToData("grown", "x".repeat(200_000))
                            .build());

            assertThat(client.configMaps().withName("a").get().getData()).containsEntry("value", "1");
            assertThat(client.configMaps().withName("c").get()).isNull();
            assertThat(client.configMaps().list().getItems()).hasSize(2);
            assertThat(client.configMaps().withLabel("of", "a").list().getItems())
                    .hasSize(1);
            assertThat(client.raw("/version")).contains("simulated");
            client.configMaps().withName("a").delete();
            assertThat(client.configMaps().withName("a").get()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRefusalSaysWhy(Way way) {
        try (KubernetesClient client = administrator(way);
                KubernetesClient nobody = client(way, "made-up")) {
            client.resource(map("a", "1")).create();
            assertThat(refused(() -> client.resource(map("a", "2")).create())).isEqualTo(409);
            assertThat(refused(() -> client.resource(map("x".repeat(300), "2")).create()))
                    .isEqualTo(422);
            assertThat(refused(() ->
                            client.resource(map("big", "x".repeat(4_000_000))).create()))
                    .isEqualTo(413);
            assertThat(refused(() -> nobody.configMaps().list())).isEqualTo(401);
            assertThat(refused(() -> nobody.configMaps().watch(new Seen()))).isEqualTo(401);
        }
    }

    private static int refused(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
        return 0;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWatchTellsInOrderUntilItIsClosed(Way way) {
        Seen seen = new Seen();
        try (KubernetesClient client = administrator(way)) {
            Watch watch = client.configMaps().watch(seen);
            for (int i = 0; i < 100; i++) cluster.put(json(map("a", "" + i)));
            cluster.delete("v1", "ConfigMap", "default", "a");
            await().untilAsserted(() -> assertThat(seen.told).hasSize(101));
            assertThat(seen.told.getFirst()).isEqualTo("ADDED 0");
            assertThat(seen.told.get(57)).isEqualTo("MODIFIED 57");
            assertThat(seen.told.getLast()).isEqualTo("DELETED 99");
            watch.close();
            await().untilAsserted(() -> assertThat(seen.closed).hasSize(1));
            cluster.put(json(map("b", "1")));
            await().during(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(seen.told).hasSize(101));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anInformerGoesOnWhereTheServerWasAway(Way way) {
        cluster.put(json(map("a", "1")));
        try (KubernetesClient client = administrator(way);
                SharedIndexInformer<ConfigMap> informer = client.configMaps().inform()) {
            await().untilAsserted(() -> assertThat(values(informer)).containsExactly("1"));
            cluster.killApiServer();
            assertThatThrownBy(() -> client.configMaps().list()).isInstanceOf(KubernetesClientException.class);
            cluster.put(json(map("a", "2")));
            cluster.compact();
            cluster.startApiServer();
            await().untilAsserted(() -> assertThat(values(informer)).containsExactly("2"));
            cluster.put(json(map("b", "3")));
            await().untilAsserted(() -> assertThat(values(informer)).containsExactlyInAnyOrder("2", "3"));
        }
    }

    private static List<String> values(SharedIndexInformer<ConfigMap> informer) {
        return informer.getStore().list().stream()
                .map(map -> map.getData().get("value"))
                .toList();
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(Map.of("of", name.substring(0, 1)))
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    private static ObjectNode json(ConfigMap map) {
        return (ObjectNode) JsonMapper.shared().readTree(Serialization.asJson(map));
    }

    private static final class Seen implements Watcher<ConfigMap> {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<String> closed = new CopyOnWriteArrayList<>();

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            told.add(action + " " + map.getData().get("value"));
        }

        @Override
        public void onClose(WatcherException cause) {
            closed.add("by error");
        }

        @Override
        public void onClose() {
            closed.add("well");
        }
    }
}
