package io.weft.it.real;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.weft.agent.AgentMain;
import io.weft.agent.AgentSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The shipped agent, with no other rights than those of its manifest's service account. */
final class RunningAgent implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private RunningAgent(AgentSettings settings, KubernetesClient client) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                AgentMain.run(settings, client, stop);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** @param replica name of its pod */
    static RunningAgent start(ControlPlane plane, ScriptedHub hub, String replica) {
        String token = plane.token("weft-system", "weft-agent", Duration.ofHours(1));
        return new RunningAgent(settings(hub, replica), plane.client(token));
    }

    private static AgentSettings settings(ScriptedHub hub, String replica) {
        try {
            Path folder = Files.createTempDirectory("weft-agent");
            Path authority = Files.writeString(folder.resolve("ca.crt"), hub.authorityPem());
            Path token = Files.writeString(folder.resolve("token"), ScriptedHub.JOIN_TOKEN);
            return AgentSettings.of(Map.of(
                    "WEFT_HUB_ADDRESS",
                    hub.address(),
                    "WEFT_HUB_CA_FILE",
                    authority.toString(),
                    "WEFT_JOIN_TOKEN_FILE",
                    token.toString(),
                    "WEFT_HTTP_PORT",
                    "0",
                    "POD_NAMESPACE",
                    "weft-system",
                    "POD_NAME",
                    replica));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AgentSettings.Invalid e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
