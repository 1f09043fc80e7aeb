package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code labelSelector} as Kubernetes writes it: {@code a=b,c!=d,e,!f,g in (h,i),j notin (k)}; all must hold. As there,
 * {@code !=} and {@code notin} hold for a label that is missing.
 */
final class LabelQuery {
    private enum Op {
        IN,
        NOT_IN,
        EXISTS,
        MISSING
    }

    private record Requirement(String key, Op op, Set<String> values) {
        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (op) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case MISSING -> value == null;
            };
        }
    }

    private static final String KEY = "([A-Za-z0-9][A-Za-z0-9./_-]*)";
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*(==?|!=)\\s*([A-Za-z0-9._-]*)");
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s+\\(([^()]*)\\)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*" + KEY);
    /** Commas that are not between brackets. */
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

    private final List<Requirement> requirements;

    private LabelQuery(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    static LabelQuery parse(@Nullable String text) {
        List<Requirement> requirements = new ArrayList<>();
        if (text != null && !text.isBlank()) {
            for (String part : BETWEEN.split(text, -1)) requirements.add(requirement(part.strip(), text));
        }
        return new LabelQuery(requirements);
    }

    private static Requirement requirement(String part, String whole) {
        Matcher equal = EQUAL.matcher(part);
        if (equal.matches()) {
            return new Requirement(
                    equal.group(1), equal.group(2).equals("!=") ? Op.NOT_IN : Op.IN, Set.of(equal.group(3)));
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = new TreeSet<>();
            Arrays.stream(set.group(3).split(",", -1)).map(String::strip).forEach(values::add);
            return new Requirement(set.group(1), set.group(2).equals("in") ? Op.IN : Op.NOT_IN, values);
        }
        Matcher presence = PRESENCE.matcher(part);
        if (presence.matches()) {
            return new Requirement(presence.group(2), presence.group(1).isEmpty() ? Op.EXISTS : Op.MISSING, Set.of());
        }
        throw PageRequest.wrong("labelSelector", whole, "a=b, a!=b, a, !a, a in (b,c), a notin (b,c), by comma", null);
    }

    boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }
}
