package io.weft.hub.query.internal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description that the console's types are made from is the hub's own. Written anew by
 * {@code ./mvnw -pl global-controller -am test -Dtest=CommittedDescriptionTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dopenapi.write=true}.
 */
class CommittedDescriptionTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path COMMITTED = Path.of("..", "web-ui", "console", "openapi.json");

    @Test
    void committedDescriptionIsWhatTheHubAnswers() throws IOException {
        String own = JSON.writeValueAsString(OpenApi.document("v1")).replace("\r\n", "\n") + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, own);
        }

        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .as("web-ui/console/openapi.json: another than the hub's (expected: written anew with"
                        + " -Dtest=CommittedDescriptionTest -Dopenapi.write=true)")
                .isEqualTo(own);
    }

    @Test
    void everySchemaThatIsReferredToIsThere() {
        JsonNode document = OpenApi.document("v1");
        List<String> missing = new ArrayList<>();
        document.findValuesAsString("$ref").forEach(reference -> {
            if (document.at(reference.substring(1)).isMissingNode()) missing.add(reference);
        });
        assertThat(missing).isEmpty();
    }
}
