package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That the lab does what its words say. */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeshLabIT {
    private MeshLab lab;

    @BeforeAll
    void start() {
        lab = MeshLab.start(LabSpec.eastWestAndCallingNorth());
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    @Test
    void aClusterOfCallersReachesTheOthersWhileTheirGatewaysComeAndGo() {
        for (String member : new String[] {"east", "west"}) {
            HandWrittenCart.receive(member).forEach(lab.cluster(member)::apply);
        }
        MeshCluster north = lab.cluster("north");
        north.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                """);
        HandWrittenCart.send(lab, "north", "[" + HandWrittenCart.split("prefer-east:100") + "]")
                .forEach(north::apply);
        soon(() -> assertThat(answering()).isEqualTo(Map.of("east", 20)));

        lab.pod("gw-e").killSidecar();
        soon(() -> assertThat(answering()).isEqualTo(Map.of("west", 20)));

        lab.pod("gw-e").startSidecar();
        soon(() -> assertThat(answering()).isEqualTo(Map.of("east", 20)));

        lab.cutLink("east");
        soon(() -> assertThat(answering()).isEqualTo(Map.of("west", 20)));

        lab.restoreLink("east");
        soon(() -> assertThat(answering()).isEqualTo(Map.of("east", 20)));
        assertThat(lab.rejectedUpdates()).isEmpty();
    }

    private Map<String, Integer> answering() {
        return lab.pod("web-n")
                .run(Load.of(HandWrittenCart.URL).requests(20).atATime(2).within(Duration.ofSeconds(2)))
                .by();
    }

    @Test
    void aPodAddedWhileAllRunsAnswersByItsServiceName() {
        lab.addPod("east", PodSpec.server("stock-e1", "shop", "stock", "v1"));

        soon(() -> assertThat(lab.pod("web-e")
                        .get("http://stock.shop.svc.cluster.local/")
                        .pod())
                .isEqualTo("stock-e1"));
        lab.pod("stock-e1").answerWith(503);
        soon(() -> assertThat(lab.pod("web-e")
                        .get("http://stock.shop.svc.cluster.local/")
                        .status())
                .isEqualTo(503));

        lab.removePod("stock-e1");
    }

    @Test
    void podsReachThisMachineOnlyAtPortsThatWereOpened() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(lab.hostAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        String url = "http://" + lab.hostAddress() + ":" + port + "/";
        // A gateway's own requests are not redirected to its Envoy.
        assertThat(lab.pod("gw-w").get(url).status()).isZero();

        lab.openToPods(port);

        assertThat(lab.pod("gw-w").get(url).status()).isEqualTo(200);
        assertThat(lab.pod("gw-w").get(lab.cluster("west").url() + "/readyz").error())
                .contains("refused");
        server.stop(0);
    }

    @Test
    void istiodTellsThisJvmWhatItsProxiesAcknowledgedAndComesBackAfterItsDeath() {
        MeshCluster west = lab.cluster("west");
        soon(() -> assertThat(syncStatus(west)).contains("web-w.web").contains("cluster_acked"));

        west.istiod().kill();
        west.istiod().start();

        soon(() -> assertThat(syncStatus(west)).contains("web-w.web").contains("cluster_acked"));
    }

    private static String syncStatus(MeshCluster cluster) throws IOException, InterruptedException {
        String token = cluster.plane().token("istio-system", "gw", Duration.ofHours(1), "istio-ca");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + cluster.istiodAddress() + ":15014/debug/syncz"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
