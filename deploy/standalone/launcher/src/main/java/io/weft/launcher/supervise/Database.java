package io.weft.launcher.supervise;

import io.weft.launcher.postgres.PostgresServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a child of the supervisor; it is ready when its start returns. */
record Database(PostgresServer server) implements Service {
    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void start() throws IOException {
        server.restart();
    }

    @Override
    public boolean ready() {
        return server.running();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public @Nullable Process process() {
        return server.process();
    }

    @Override
    public String reason() {
        return server.reason();
    }
}
