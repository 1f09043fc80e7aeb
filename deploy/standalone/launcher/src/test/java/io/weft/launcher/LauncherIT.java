package io.weft.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.launcher.Installation.Result;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person types them, with real processes and a real PostgreSQL; the hub and the console are fakes. */
class LauncherIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void upStatusTokenAgainAndDownKeepWhatWasStored() throws Exception {
        try (Installation weft = new Installation(folder)) {
            assertSuccess(weft.up(), "Weft is up at http://127.0.0.1:" + weft.port);
            assertSuccess(weft.weft("status"), "postgresql   ready");
            String token = weft.weft("token").output();
            assertThat(token).matches("weft_[0-9a-f]{16}_[0-9A-Za-z_-]{43}\n");
            long supervisor = weft.state().supervisor();

            assertSuccess(weft.up(), "Weft is up already.");
            assertThat(weft.state().supervisor()).isEqualTo(supervisor);
            assertSuccess(weft.weft("logs"), "hub-1 | serving");

            assertSuccess(weft.weft("down"), "Weft is down.");
            assertThat(weft.weft("status").status()).isEqualTo(3);
            await().atMost(LIMIT).until(() -> ProcessHandle.of(supervisor).isEmpty());

            assertSuccess(weft.up(), "Weft is up at");
            assertThat(weft.starts(1)).isEqualTo(2);
            assertThat(weft.weft("token").output()).isEqualTo(token);
        }
    }

    @Test
    void theConsoleIsToldOfEachHubAndItsPasswordIsPrinted() throws Exception {
        try (Installation weft = new Installation(folder)) {
            Result up = weft.up("--replicas=2");
            String password = weft.weft("password").output().strip();

            assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
            assertThat(up.output()).contains("password: " + password);
            assertSuccess(weft.weft("status"), "console      ready");
            assertThat(weft.consoleVariable("WEFT_HUB_URLS"))
                    .isEqualTo(String.join(",", weft.state().hubAddresses()))
                    .contains(",");
            assertThat(weft.consoleVariable("WEFT_PUBLIC_URL")).isEqualTo("http://127.0.0.1:" + weft.port);
            assertThat(weft.consoleVariable("WEFT_HTTP_ADDRESS")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void anotherIssuerTakesThePlaceOfTheDemoUsers() throws Exception {
        try (Installation weft = new Installation(folder)) {
            Result up = weft.up("--issuer=https://people.example/realms/weft", "--url=https://weft.example/");

            assertThat(up.output())
                    .contains("Weft is up at https://weft.example;")
                    .contains("as a person of the issuer")
                    .doesNotContain("password");
            assertThat(weft.consoleVariable("WEFT_OIDC_ISSUER")).isEqualTo("https://people.example/realms/weft");
            assertThat(weft.consoleVariable("WEFT_DEMO_PASSWORD_FILE")).isEqualTo("null");
            assertThat(weft.consoleVariable("WEFT_HTTP_ADDRESS")).isEqualTo("null");
        }
    }

    @Test
    void whatCrashesIsStartedAgain() throws Exception {
        try (Installation weft = new Installation(folder)) {
            assertSuccess(weft.up("--replicas=2"), "Weft is up at");
            assertThat(weft.starts(2)).isEqualTo(2);

            Installation.kill(weft.component("hub-2").processId());
            await().atMost(LIMIT).until(() -> restartedAndReady(weft, "hub-2"));
            Installation.kill(weft.component("postgresql").processId());
            await().atMost(LIMIT).until(() -> restartedAndReady(weft, "postgresql"));

            assertThat(weft.starts(1)).isEqualTo(3);
            assertThat(weft.component("hub-1").restarts()).isZero();
        }
    }

    @Test
    void simulatedClustersAreThereUnlessTheyAreNotWanted() throws Exception {
        try (Installation weft = new Installation(folder)) {
            assertSuccess(weft.up("--fleet-jar=" + weft.jar), "three simulated ones");
            assertSuccess(weft.weft("status"), "fleet        ready");

            Installation.kill(weft.component("fleet").processId());
            await().atMost(LIMIT).until(() -> restartedAndReady(weft, "fleet"));

            assertSuccess(weft.weft("down"), "Weft is down.");
            assertSuccess(weft.up(), "Weft is up at"); // which says --no-demo
            assertThat(weft.state().processes()).doesNotContainKey("fleet");
        }
    }

    private static boolean restartedAndReady(Installation weft, String component) {
        return weft.component(component).restarts() == 1
                && weft.component(component).ready();
    }

    @Test
    void nothingOutlivesAKilledSupervisorAndTheNextUpWorks() throws Exception {
        try (Installation weft = new Installation(folder)) {
            assertSuccess(weft.up(), "Weft is up at");
            List<ProcessHandle> children = weft.state().processes().values().stream()
                    .map(RunState.Component::process)
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(children).hasSize(3);

            Installation.kill(weft.state().supervisor());

            assertSuccess(weft.up(), "Weft is up at");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(weft.starts(1)).isEqualTo(2);
        }
    }

    @Test
    void aTakenPortIsOneSentenceAndNothingRuns() throws Exception {
        try (Installation weft = new Installation(folder);
                ServerSocket taken = new ServerSocket(weft.grpcPort)) {
            Result result = weft.up();

            assertOneSentence(
                    result,
                    "weft: --grpc-port: " + taken.getLocalPort()
                            + " is taken by another process (expected: a free port)");
            assertThat(weft.weft("status").status()).isEqualTo(3);
        }
    }

    @Test
    void aFolderOfANewerVersionIsOneSentence() throws Exception {
        try (Installation weft = new Installation(folder)) {
            Files.createDirectories(weft.data);
            Files.writeString(weft.data.resolve("format"), "2\n");

            assertOneSentence(
                    weft.up(),
                    "weft: --data-dir: " + weft.data + " has format 2, of a newer Weft (expected: 1 or older; use that"
                            + " version of Weft, or another folder)");
        }
    }

    @Test
    void aHubThatRefusesToStartIsToldInItsOwnWordsAndNothingIsLeft() throws Exception {
        try (Installation weft = new Installation(folder)) {
            Result result = weft.up(Map.of("FAKE_HUB_REFUSES", "1"));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output())
                    .endsWith("weft: hub-1 did not start: WEFT_SOMETHING: wrong (expected: right)\n");
            assertThat(weft.weft("status").status()).isEqualTo(3);
            assertThat(weft.component("postgresql").process()).isEmpty();
        }
    }

    @Test
    void aTokenOfAFolderThatWasNeverUpIsOneSentence() throws Exception {
        try (Installation weft = new Installation(folder)) {
            assertOneSentence(
                    weft.weft("token"),
                    "weft: no token in " + weft.data + " yet (expected: a data folder that was brought up once)");
        }
    }

    private static void assertSuccess(Result result, String part) {
        assertThat(result.output()).contains(part);
        assertThat(result.status()).isZero();
    }

    private static void assertOneSentence(Result result, String sentence) {
        assertThat(result.output().strip()).isEqualTo(sentence);
        assertThat(result.status()).isEqualTo(1);
    }
}
