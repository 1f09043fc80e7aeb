package io.weft.hub.platform.log;

import io.weft.policy.image.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The net effect of many changes of rows: first the prefixes are removed, then each row is put or removed once. */
final class NetRows {
    /** A row's place, or, for prefixes, the section and the beginning of the key. */
    record Name(String section, String key) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int bySection = section.compareTo(other.section);
            return bySection != 0 ? bySection : key.compareTo(other.key);
        }
    }

    private final Set<Name> prefixes = new TreeSet<>();
    private final Map<Name, Optional<String>> rows = new TreeMap<>();

    void add(RowChange change) {
        switch (change) {
            case RowChange.Put put -> rows.put(new Name(put.section(), put.key()), Optional.of(put.json()));
            case RowChange.Remove remove -> rows.put(new Name(remove.section(), remove.key()), Optional.empty());
            case RowChange.RemovePrefix removal -> {
                rows.keySet()
                        .removeIf(name -> name.section().equals(removal.section())
                                && name.key().startsWith(removal.prefix()));
                prefixes.add(new Name(removal.section(), removal.prefix()));
            }
        }
    }

    Set<Name> prefixes() {
        return prefixes;
    }

    List<Name> removals() {
        return names(false);
    }

    List<Name> puts() {
        return names(true);
    }

    String value(Name put) {
        return rows.getOrDefault(put, Optional.empty()).orElseThrow();
    }

    private List<Name> names(boolean present) {
        List<Name> names = new ArrayList<>();
        rows.forEach((name, value) -> {
            if (value.isPresent() == present) names.add(name);
        });
        return names;
    }
}
