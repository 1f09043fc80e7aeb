package io.weft.hub.platform.log;

import io.weft.hub.platform.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.Period;
import javax.sql.DataSource;

/** Keeps partitions of the log's entries ready for the months to come, and drops whole months that are too old. */
public final class LogPartitions {
    /** How long entries are kept for time travel. */
    public static final Period KEPT = Period.ofMonths(13);

    private static final int MONTHS_AHEAD = 3;
    private static final int MONTHS_LOOKED_BACK = 24;

    private final DataSource jobs;

    /** @param jobs connections of the role that works over tenants */
    public LogPartitions(DataSource jobs) {
        this.jobs = jobs;
    }

    /** To be called about once a day, by any replica. */
    public void maintain(LocalDate today) {
        try (Connection connection = jobs.getConnection()) {
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                run(connection, "SELECT platform.open_log_partition(?)", today.plusMonths(ahead));
            }
            LocalDate last = today.minus(KEPT);
            for (int back = 1; back <= MONTHS_LOOKED_BACK; back++) {
                run(connection, "SELECT platform.drop_log_partition(?)", last.minusMonths(back));
            }
            if (!connection.getAutoCommit()) connection.commit();
        } catch (SQLException failure) {
            throw new StorageException(failure);
        }
    }

    private static void run(Connection connection, String sql, LocalDate day) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, day);
            statement.execute();
        }
    }
}
