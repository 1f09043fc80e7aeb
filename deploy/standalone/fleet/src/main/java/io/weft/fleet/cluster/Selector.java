package io.weft.fleet.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which objects a list or a watch is about: {@code labelSelector} and {@code fieldSelector}. */
record Selector(List<Predicate<StoredObject>> conditions) {
    private static final Pattern SETS = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALS = Pattern.compile("\\s*([^=!\\s]+)\\s*(==|=|!=)\\s*([^=!\\s]*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([^=!\\s()]+)\\s*");
    private static final Set<String> FIELDS =
            Set.of("metadata.name", "metadata.namespace", "spec.nodeName", "status.phase");

    static Selector of(String labels, String fields) {
        List<Predicate<StoredObject>> conditions = new ArrayList<>();
        for (String part : labels.split(",(?![^()]*\\))", -1)) {
            if (!part.isBlank()) conditions.add(label(part));
        }
        for (String part : fields.split(",", -1)) {
            if (!part.isBlank()) conditions.add(field(part));
        }
        return new Selector(conditions);
    }

    boolean matches(StoredObject object) {
        return conditions.stream().allMatch(condition -> condition.test(object));
    }

    private static Predicate<StoredObject> label(String text) {
        Matcher set = SETS.matcher(text);
        if (set.matches()) {
            Set<String> values = Set.of(set.group(3).strip().split("\\s*,\\s*"));
            boolean in = set.group(2).equals("in");
            String key = set.group(1);
            return object -> in
                    ? object.labels().containsKey(key)
                            && values.contains(object.labels().getOrDefault(key, ""))
                    : !object.labels().containsKey(key)
                            || !values.contains(object.labels().getOrDefault(key, ""));
        }
        Matcher equality = EQUALS.matcher(text);
        if (equality.matches()) return equality(equality, StoredObject::labels);
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return object -> object.labels().containsKey(exists.group(2)) == wanted;
        }
        throw ApiProblem.badRequest("unable to parse requirement: " + text);
    }

    private static Predicate<StoredObject> field(String text) {
        Matcher equality = EQUALS.matcher(text);
        if (!equality.matches()) throw ApiProblem.badRequest("invalid selector: '" + text + "'; can't understand it");
        if (!FIELDS.contains(equality.group(1))) {
            throw ApiProblem.badRequest("field label not supported: " + equality.group(1));
        }
        return equality(equality, StoredObject::fields);
    }

    private static Predicate<StoredObject> equality(
            Matcher match, java.util.function.Function<StoredObject, Map<String, String>> of) {
        String key = match.group(1);
        String value = match.group(3);
        boolean wanted = !match.group(2).equals("!=");
        return object -> value.equals(of.apply(object).get(key)) == wanted;
    }
}
