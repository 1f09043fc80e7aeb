package io.weft.agent.live;

import io.weft.agent.live.Mesh.UnreadableException;
import io.weft.agent.platform.KubernetesApi;
import io.weft.agent.platform.KubernetesApi.Answer;
import io.weft.agent.platform.KubernetesApi.Method;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token of the manifest's account without rights, which istiod knows as one of its own namespace. Never logged, never
 * stored.
 */
final class MeshToken {
    static final String ACCOUNT = "weft-live";

    private static final Duration LIFE = Duration.ofHours(1);
    private static final String REQUEST = """
            {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
             "spec":{"audiences":["istio-ca"],"expirationSeconds":%d}}""".formatted(LIFE.toSeconds());

    private final KubernetesApi api;
    private final String account;
    private final String path;
    private final InstantSource clock;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    MeshToken(KubernetesApi api, String meshNamespace, InstantSource clock) {
        this.api = api;
        this.account = meshNamespace + "/" + ACCOUNT;
        this.path = "/api/v1/namespaces/" + meshNamespace + "/serviceaccounts/" + ACCOUNT + "/token";
        this.clock = clock;
    }

    synchronized String get() throws UnreadableException {
        Instant now = clock.instant();
        if (token.isEmpty() || !now.isBefore(renewAt)) {
            token = request();
            renewAt = now.plus(LIFE.dividedBy(2));
        }
        return token;
    }

    /** It was not accepted. */
    synchronized void drop() {
        token = "";
    }

    private String request() throws UnreadableException {
        Answer answer;
        try {
            answer = api.send(Method.POST, path, REQUEST);
        } catch (IOException e) {
            throw new UnreadableException("token of " + account + ": no answer from the API server", e);
        }
        return switch (answer.status()) {
            case 200, 201 -> read(answer.body());
            case 403 -> throw refused("forbidden", "the right to create it, as the agent's manifest gives");
            case 404 -> throw refused("no such service account", "the one of the agent's manifest");
            default -> throw refused(Integer.toString(answer.status()), "201");
        };
    }

    private String read(String body) throws UnreadableException {
        try {
            String read = JsonMapper.shared()
                    .readTree(body)
                    .path("status")
                    .path("token")
                    .asString("");
            if (!read.isEmpty()) return read;
        } catch (JacksonException notJson) {
            // Its message could quote the answer, which may have a token in it.
        }
        throw refused("an answer without it", "a TokenRequest");
    }

    private UnreadableException refused(String what, String expected) {
        return new UnreadableException("token of " + account + ": " + what + " (expected: " + expected + ")");
    }
}
