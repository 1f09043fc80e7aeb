package io.weft.hub.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.RandomHistory;
import io.weft.policy.image.DerivedRows;
import io.weft.policy.image.ImageRows;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.RowChange;
import io.weft.policy.image.RowChange.Row;
import io.weft.policy.image.TenantImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SupersededRowsTest {
    /** The rows of a store, with what is superseded removed now and then. */
    private static final class Rows {
        final TreeMap<NetRows.Name, String> rows = new TreeMap<>();

        void apply(LogRecord record) {
            for (RowChange change : DerivedRows.of(record)) {
                switch (change) {
                    case RowChange.Put put -> rows.put(new NetRows.Name(put.section(), put.key()), put.json());
                    case RowChange.Remove gone -> rows.remove(new NetRows.Name(gone.section(), gone.key()));
                    case RowChange.RemovePrefix gone ->
                        rows.keySet()
                                .removeIf(name -> name.section().equals(gone.section())
                                        && name.key().startsWith(gone.prefix()));
                }
            }
        }

        List<Row> list() {
            List<Row> all = new ArrayList<>();
            rows.forEach((name, json) -> all.add(new Row(name.section(), name.key(), json)));
            return all;
        }
    }

    @Test
    void withoutThemTheImageIsTheSameNowAndLater() {
        int removed = 0;
        for (long seed = 0; seed < 60; seed++) {
            History history = RandomHistory.of(seed, 80);
            Rows rows = new Rows();
            TenantImage image = history.empty();
            for (LogRecord record : history.records()) {
                rows.apply(record);
                image = image.apply(record);
                if (record.position() % 9 == 0) {
                    List<NetRows.Name> superseded = SupersededRows.of(image, rows.list());
                    superseded.forEach(rows.rows::remove);
                    removed += superseded.size();
                }
                TenantImage read = ImageRows.assemble(
                        history.empty(), image.position(), image.hash(), image.revision(), rows.list());
                assertThat(read)
                        .as("seed %d, position %d", seed, record.position())
                        .isEqualTo(image);
            }
        }
        assertThat(removed).isGreaterThan(500);
    }
}
