package io.weft.launcher.supervise;

import io.weft.launcher.RunOptions;
import io.weft.launcher.Secrets;
import io.weft.launcher.postgres.PostgresServer;
import io.weft.launcher.process.Children;
import io.weft.launcher.process.OutputPump;
import io.weft.launcher.process.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One replica of the hub as a child. It ends by itself when this process is gone: its standard input ends then. */
final class HubReplica implements Service {
    private static final Duration STOP_TIME = Duration.ofSeconds(20);
    /** Variables of the person's own environment that the hub may have; all others of ours would be refused by it. */
    private static final List<String> PASSED_ON =
            List.of("WEFT_OIDC_ISSUER", "WEFT_OIDC_AUDIENCE", "WEFT_AGENT_IMAGE", "WEFT_AGENT_CERTIFICATE_LIFETIME");

    private final int number;
    private final RunOptions options;
    private final HubProgram program;
    private final PostgresServer database;
    private final RotatingLog log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;
    private @Nullable OutputPump output;

    HubReplica(int number, RunOptions options, HubProgram program, PostgresServer database) {
        this.number = number;
        this.options = options;
        this.program = program;
        this.database = database;
        log = new RotatingLog(options.folder().logs().resolve(name() + ".log"));
    }

    @Override
    public String name() {
        return "hub-" + number;
    }

    @Override
    public synchronized void start() throws IOException {
        Process started = Children.start(
                program.command(), environment(), options.folder().root(), Signal.TERM);
        process = started;
        output = OutputPump.of(started, log::line);
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        for (String name : System.getenv().keySet()) {
            if (name.startsWith("WEFT_") && !PASSED_ON.contains(name)) all.put(name, "");
        }
        Secrets secrets = new Secrets(options.folder().secrets());
        all.put("WEFT_DB_URL", database.url());
        login(all, "OWNER", "weft_owner", database.passwords().owner());
        login(all, "APP", "weft_app", database.passwords().app());
        login(all, "JOB", "weft_job", database.passwords().job());
        all.put("WEFT_HTTP_PORT", Integer.toString(options.httpPort(number)));
        all.put("WEFT_GRPC_PORT", Integer.toString(options.grpcPort(number)));
        all.put("WEFT_PUBLIC_GRPC_ADDRESS", options.publicHost() + ":" + options.grpcPort(number));
        all.put("WEFT_DATA_DIR", options.folder().hub().toString());
        all.put("WEFT_MASTER_KEY_FILE", secrets.masterKeyFile().toString());
        all.put("WEFT_BOOTSTRAP_TENANT", "demo");
        all.put("WEFT_BOOTSTRAP_TOKEN_FILE", secrets.tokenFile().toString());
        all.put("WEFT_EXIT_ON_STDIN_EOF", "1");
        return all;
    }

    private static void login(Map<String, String> all, String role, String user, String password) {
        all.put("WEFT_DB_" + role + "_USER", user);
        all.put("WEFT_DB_" + role + "_PASSWORD", password);
    }

    @Override
    public boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + options.httpPort(number) + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return running() && http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) return;
        current.destroy();
        try {
            if (!current.waitFor(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) current.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            current.destroyForcibly();
        }
    }

    @Override
    public synchronized @Nullable Process process() {
        return process;
    }

    @Override
    public synchronized String reason() {
        return output == null ? "it was never started" : EndReason.of(output.lastLines());
    }
}
