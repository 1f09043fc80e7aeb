package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@code fieldSelector}: {@code spec.domain=shop.example,metadata.name!=cart}; all must hold. */
final class FieldQuery {
    private record Requirement(String pointer, boolean equal, String value) {}

    private static final Pattern FORM =
            Pattern.compile("((?:metadata|spec|status)(?:\\.[A-Za-z][A-Za-z0-9]*)+)\\s*(==?|!=)\\s*(.*)");

    private final List<Requirement> requirements;

    private FieldQuery(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    static FieldQuery parse(@Nullable String text) {
        List<Requirement> requirements = new ArrayList<>();
        if (text != null && !text.isBlank()) {
            for (String part : text.split(",", -1)) {
                Matcher form = FORM.matcher(part.strip());
                if (!form.matches()) {
                    throw PageRequest.wrong("fieldSelector", text, "spec.field=value or !=, by comma", null);
                }
                requirements.add(new Requirement(
                        "/" + form.group(1).replace('.', '/'), !form.group(2).equals("!="), form.group(3)));
            }
        }
        return new FieldQuery(requirements);
    }

    boolean isEmpty() {
        return requirements.isEmpty();
    }

    boolean matches(JsonNode document) {
        return requirements.stream()
                .allMatch(r -> document.at(r.pointer()).asString("").equals(r.value()) == r.equal());
    }
}
