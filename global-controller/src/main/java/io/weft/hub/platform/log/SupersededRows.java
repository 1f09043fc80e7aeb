package io.weft.hub.platform.log;

import io.weft.policy.image.RowChange.Row;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rows of versions that no cluster can be released to any more. An image read from the rows leaves them out, so removing
 * them changes nothing but how long a cold start takes.
 */
final class SupersededRows {
    private static final String VERSION = "version";
    private static final String MEMBERSHIP = "membership";

    private SupersededRows() {}

    /** @param image assembled from these rows */
    static List<NetRows.Name> of(TenantImage image, Iterable<Row> rows) {
        Map<NetRows.Name, NavigableMap<Long, Row>> byName = new TreeMap<>();
        for (Row row : rows) {
            if (!row.section().equals(VERSION) && !row.section().equals(MEMBERSHIP)) continue;
            int bar = row.key().lastIndexOf('|');
            byName.computeIfAbsent(
                            new NetRows.Name(row.section(), row.key().substring(0, bar)), name -> new TreeMap<>())
                    .put(Long.parseLong(row.key().substring(bar + 1)), row);
        }
        List<NetRows.Name> superseded = new ArrayList<>();
        byName.forEach((name, versions) -> add(image.leastReleased(scope(name)), versions, superseded));
        return superseded;
    }

    private static Scope scope(NetRows.Name name) {
        return name.section().equals(MEMBERSHIP)
                ? Scope.of(new GnsName(name.key()))
                : new Scope(name.key().substring(0, name.key().indexOf('|')));
    }

    private static void add(long least, NavigableMap<Long, Row> versions, List<NetRows.Name> superseded) {
        Map.Entry<Long, Row> floor = versions.floorEntry(least);
        if (floor == null) return;
        versions.headMap(floor.getKey(), isNothing(floor.getValue()))
                .values()
                .forEach(row -> superseded.add(new NetRows.Name(row.section(), row.key())));
    }

    /** A tombstone, or the membership of what was deleted. */
    private static boolean isNothing(Row row) {
        return row.json().equals("{}") || row.json().equals("[]");
    }
}
