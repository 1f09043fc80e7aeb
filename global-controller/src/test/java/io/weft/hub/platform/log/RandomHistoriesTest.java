package io.weft.hub.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.weft.hub.TestDatabase;
import io.weft.policy.RandomHistory;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image from the tables is the image replayed, on the real store, for histories nobody thought of. */
class RandomHistoriesTest {
    private static HikariDataSource pool;
    private static PostgresLogStore store;

    @BeforeAll
    static void start() {
        TestDatabase database = TestDatabase.migrated();
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.as(TestDatabase.APP));
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        store = new PostgresLogStore(pool, database.as(TestDatabase.APP), (c, tenant, event, records) -> {});
    }

    @AfterAll
    static void stop() {
        store.close();
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void imageFromTheTablesIsTheImageReplayed(long seed) {
        TenantId one = new TenantId("one-" + seed);
        TenantId two = new TenantId("two-" + seed);
        TenantImage first = write(one, seed);
        TenantImage second = write(two, seed + 1000);

        assertThat(store.load(one)).as("seed %d", seed).isEqualTo(first);
        assertThat(store.load(two)).as("seed %d", seed + 1000).isEqualTo(second);
    }

    /** Writes in groups of random size and replays what is read back, comparing with the tables on the way. */
    private static TenantImage write(TenantId tenant, long seed) {
        Random random = new Random(seed);
        store.create(tenant);
        for (String cluster : List.of("east", "west", "north")) store.openEpoch(tenant, new ClusterName(cluster));
        TenantImage image = TenantImage.empty(tenant, store.hubId(), 1);
        List<LogRecord> history = RandomHistory.of(seed, 120).records();
        for (int at = 0; at < history.size(); ) {
            int size = Math.min(1 + random.nextInt(5), history.size() - at);
            List<LogEntry> entries = new ArrayList<>();
            for (LogRecord record : history.subList(at, at + size)) entries.add(record.entry());
            at += size;
            Outcome outcome = store.append(
                            tenant, List.of(new Proposal(entries, image.position(), OptionalLong.empty(), List.of())))
                    .getFirst();
            assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Committed.class);
            for (LogRecord record : store.read(tenant, image.position(), 100)) image = image.apply(record);
            if (random.nextInt(10) == 0)
                assertThat(store.load(tenant)).as("seed %d", seed).isEqualTo(image);
        }
        return image;
    }
}
