package io.weft.policy.image;

import io.weft.policy.image.RowChange.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store of derived rows, as simple as can be. */
final class Rows {
    private final Map<String, Map<String, String>> sections = new TreeMap<>();

    void apply(LogRecord record) {
        for (RowChange change : DerivedRows.of(record)) apply(change);
    }

    private void apply(RowChange change) {
        Map<String, String> section = sections.computeIfAbsent(change.section(), k -> new TreeMap<>());
        switch (change) {
            case RowChange.Put put -> section.put(put.key(), put.json());
            case RowChange.Remove remove -> section.remove(remove.key());
            case RowChange.RemovePrefix removal -> section.keySet().removeIf(key -> key.startsWith(removal.prefix()));
        }
    }

    List<Row> all() {
        List<Row> rows = new ArrayList<>();
        sections.forEach((section, byKey) -> byKey.forEach((key, json) -> rows.add(new Row(section, key, json))));
        return rows;
    }

    /** The image that a replica would load now. */
    TenantImage load(TenantImage empty, TenantImage head) {
        return ImageRows.assemble(empty, head.position(), head.hash(), head.revision(), all());
    }
}
