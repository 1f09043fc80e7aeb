package io.weft.hub.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements without answers that go to PostgreSQL together: one round trip for all, in the order in which they were added.
 * The parameters of each follow it, in the order of its question marks.
 */
public final class Statements {
    private final Connection connection;
    private final StringBuilder sql = new StringBuilder();
    private final List<Parameter> parameters = new ArrayList<>();

    @FunctionalInterface
    private interface Parameter {
        void set(PreparedStatement statement, int index) throws SQLException;
    }

    /** @param connection stays the caller's: neither committed nor closed, unless a statement says so */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    /** For what has to be asked or done before them, in the same transaction. */
    public Connection connection() {
        return connection;
    }

    /** The next statement, without a semicolon. */
    public Statements add(String statement) {
        if (!sql.isEmpty()) sql.append(";\n");
        sql.append(statement);
        return this;
    }

    public Statements text(@Nullable String value) {
        return parameter((statement, index) -> statement.setString(index, value));
    }

    public Statements number(long value) {
        return parameter((statement, index) -> statement.setLong(index, value));
    }

    public Statements bytes(byte[] value) {
        return parameter((statement, index) -> statement.setBytes(index, value));
    }

    public Statements time(Instant value) {
        return parameter((statement, index) -> statement.setObject(index, value.atOffset(ZoneOffset.UTC)));
    }

    /** Elements may be null. */
    public Statements texts(Collection<? extends @Nullable String> values) {
        return array("text", values.toArray());
    }

    public Statements numbers(Collection<Long> values) {
        return array("bigint", values.toArray());
    }

    private Statements array(String type, @Nullable Object[] values) {
        return parameter((statement, index) -> statement.setArray(index, connection.createArrayOf(type, values)));
    }

    private Statements parameter(Parameter value) {
        parameters.add(value);
        return this;
    }

    /** Sends them, and returns when all are done. None: no round trip. */
    public void execute() throws SQLException {
        if (sql.isEmpty()) return;
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Parameter parameter : parameters) parameter.set(statement, index++);
            statement.execute();
        }
    }
}
