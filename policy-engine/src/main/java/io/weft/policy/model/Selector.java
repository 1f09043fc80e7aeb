package io.weft.policy.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Selects clusters, namespaces or services: all of {@code matchLabels}, {@code matchExpressions} and {@code fields}
 * must hold. An empty selector selects everything.
 */
public record Selector(SortedMap<String, String> matchLabels, List<Expression> matchExpressions, List<Field> fields) {
    public static final Selector ALL = new Selector(new TreeMap<>(), List.of(), List.of());

    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }

    /** A requirement on one label, as in Kubernetes. */
    public record Expression(String key, Operator operator, List<String> values) {
        public Expression {
            values = List.copyOf(values);
        }
    }

    /** A match on a field; {@code name} is the only one built. */
    public record Field(String field, NameMatch.Op op, String value) {}

    public Selector {
        matchLabels = Collections.unmodifiableSortedMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
        fields = List.copyOf(fields);
    }

    public boolean matches(String name, SortedMap<String, String> labels) {
        return matchLabels.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
                && matchExpressions.stream().allMatch(e -> holds(e, labels))
                && fields.stream().allMatch(f -> new NameMatch(f.op(), f.value()).matches(name));
    }

    private static boolean holds(Expression e, SortedMap<String, String> labels) {
        String value = labels.get(e.key());
        return switch (e.operator()) {
            case In -> value != null && e.values().contains(value);
            case NotIn -> value == null || !e.values().contains(value);
            case Exists -> value != null;
            case DoesNotExist -> value == null;
        };
    }
}
