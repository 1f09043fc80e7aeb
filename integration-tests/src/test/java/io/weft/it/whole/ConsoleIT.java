package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** People of the embedded issuer at the edge, with two replicas of the real hub behind it, as {@code ./weft up} starts them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final String CLUSTERS = "/api/v1/tenants/demo/clusters";

    private WeftProcess weft;
    private String password;

    @BeforeAll
    void start() {
        weft = WeftProcess.up(2, "127.0.0.1");
        password = weft.weft("password").strip();
    }

    @AfterAll
    void stop() {
        if (weft != null) weft.close();
    }

    private PersonBrowser person(String name) {
        PersonBrowser browser = new PersonBrowser(weft.publicAddress());
        assertThat(browser.logIn(name, password).path("user").path("name").asString())
                .isEqualTo(name);
        return browser;
    }

    @Test
    @Order(1)
    void peopleSeeTheirTenantWithTheirRole() {
        assertThat(person("ada").session().path("tenants")).hasToString("[{\"name\":\"demo\",\"roles\":[\"admin\"]}]");
        assertThat(person("vera").session().path("tenants"))
                .hasToString("[{\"name\":\"demo\",\"roles\":[\"viewer\"]}]");
        assertThat(person("otto").session().path("tenants"))
                .hasToString("[{\"name\":\"other\",\"roles\":[\"admin\"]}]");
    }

    @Test
    @Order(2)
    void whatOnePersonWritesOthersOfTheTenantReadAndOthersDoNot() {
        PersonBrowser ed = person("ed");
        PersonBrowser vera = person("vera");
        PersonBrowser otto = person("otto");

        assertThat(ed.write("PUT", CLUSTERS + "/by-ed", "{}").status()).isEqualTo(201);
        assertThat(vera.get(CLUSTERS + "/by-ed").status()).isEqualTo(200);
        assertThat(vera.write("PUT", CLUSTERS + "/by-vera", "{}").status()).isEqualTo(403);
        assertThat(otto.get(CLUSTERS + "/by-ed").status()).isEqualTo(404);
        assertThat(otto.get("/api/v1/tenants/other/clusters").status()).isEqualTo(200);
        assertThat(weft.rest(1).get("/tenants/demo/audit").body()).contains("\"user:ed\"");
    }

    @Test
    @Order(3)
    void programsComeByTheSameAddress() {
        Rest program = new Rest(weft.publicAddress(), weft.token());

        assertThat(program.get("/me").good().json().path("tenants").toString()).contains("demo");
        assertThat(new Rest(weft.publicAddress(), "weft_0000000000000000_no")
                        .get("/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    @Order(4)
    void aReplicaThatIsKilledIsNotMissed() {
        PersonBrowser ada = person("ada");
        assertThat(ada.get(CLUSTERS).status()).isEqualTo(200);

        weft.killHub(1);

        assertThat(ada.get(CLUSTERS).status()).isIn(200, 503);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ada.get(CLUSTERS).status()).isEqualTo(200));
        assertThat(ada.write("PUT", CLUSTERS + "/by-ada", "{}").status()).isEqualTo(201);
    }

    @Test
    @Order(5)
    void aRestartEndsSessionsAndKeepsPeopleAndKeys() {
        PersonBrowser ada = person("ada");
        String keys = new PersonBrowser(weft.publicAddress())
                .get("/issuer/oauth2/jwks")
                .body();

        weft.weft("down");
        weft.start();

        assertThat(ada.get(CLUSTERS).status()).isEqualTo(401);
        assertThat(weft.weft("password").strip()).isEqualTo(password);
        assertThat(new PersonBrowser(weft.publicAddress())
                        .get("/issuer/oauth2/jwks")
                        .body())
                .isEqualTo(keys);
        assertThat(person("ada").get(CLUSTERS + "/by-ed").status()).isEqualTo(200);
    }
}
