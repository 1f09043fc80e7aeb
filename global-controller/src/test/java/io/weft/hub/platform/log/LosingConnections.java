package io.weft.hub.platform.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Connections of which the first that commits is lost: before the server heard of the commit, or before its answer came. */
final class LosingConnections {
    private LosingConnections() {}

    static DataSource of(DataSource real, boolean serverCommits) {
        AtomicBoolean lost = new AtomicBoolean();
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) return method.invoke(real, arguments);
            Connection connection = real.getConnection();
            return proxy(Connection.class, (called, values) -> {
                boolean commits = called.getName().equals("prepareStatement")
                        && values[0].toString().endsWith(PostgresLogStore.COMMIT);
                return commits && lost.compareAndSet(false, true)
                        ? losing(connection, connection.prepareStatement(values[0].toString()), serverCommits)
                        : called.invoke(connection, values);
            });
        });
    }

    private static PreparedStatement losing(Connection connection, PreparedStatement statement, boolean serverCommits) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (!method.getName().equals("execute")) return method.invoke(statement, arguments);
            if (serverCommits) statement.execute();
            connection.close();
            throw new SQLException("the connection was lost", "08006");
        });
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }
}
