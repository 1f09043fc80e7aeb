package io.weft.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import io.weft.it.real.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of WCAG 2.2, levels A and AA, that a program can check, by the axe-core that the console is built with. */
final class Axe {
    private static final Path SOURCE = Project.file("web-ui/console/node_modules/axe-core/axe.min.js");
    private static final String RUN = """
            async () => JSON.stringify((await axe.run(document, {
              resultTypes: ['violations'],
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
            })).violations)
            """;

    private Axe() {}

    /** One line per element that breaks a rule. */
    static List<String> violations(Page page) {
        page.evaluate(source());
        List<String> found = new ArrayList<>();
        for (JsonElement rule :
                JsonParser.parseString((String) page.evaluate(RUN)).getAsJsonArray()) {
            JsonObject violation = rule.getAsJsonObject();
            for (JsonElement node : violation.getAsJsonArray("nodes")) {
                found.add(violation.get("id").getAsString() + " at "
                        + node.getAsJsonObject().get("target") + ": "
                        + node.getAsJsonObject()
                                .get("failureSummary")
                                .getAsString()
                                .replaceAll("\\s+", " "));
            }
        }
        return found;
    }

    private static String source() {
        try {
            return Files.readString(SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
