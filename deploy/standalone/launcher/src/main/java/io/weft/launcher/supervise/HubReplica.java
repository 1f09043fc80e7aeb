package io.weft.launcher.supervise;

import io.weft.launcher.Ports;
import io.weft.launcher.RunOptions;
import io.weft.launcher.Secrets;
import io.weft.launcher.postgres.PostgresServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One replica of the hub. Its HTTP is for this machine only: people and programs come through the console's process. */
final class HubReplica extends JavaChild {
    /** Variables of the person's own environment that the hub may have; all others of ours would be refused by it. */
    private static final List<String> PASSED_ON =
            List.of("WEFT_OIDC_AUDIENCE", "WEFT_AGENT_IMAGE", "WEFT_AGENT_CERTIFICATE_LIFETIME");

    private final int number;
    private final RunOptions options;
    private final Program program;
    private final PostgresServer database;
    private final int httpPort = Ports.anyFree();

    HubReplica(int number, RunOptions options, Program program, PostgresServer database) {
        super(
                "hub-" + number,
                options.folder().root(),
                new RotatingLog(options.folder().logs().resolve("hub-" + number + ".log")));
        this.number = number;
        this.options = options;
        this.program = program;
        this.database = database;
    }

    /** Where it answers HTTP; the same for all its restarts. */
    String address() {
        return "http://127.0.0.1:" + httpPort;
    }

    @Override
    List<String> command() {
        return program.command();
    }

    @Override
    List<String> passedOn() {
        return PASSED_ON;
    }

    @Override
    Map<String, String> variables() {
        Map<String, String> all = new HashMap<>();
        Secrets secrets = new Secrets(options.folder().secrets());
        all.put("WEFT_DB_URL", database.url());
        login(all, "OWNER", "weft_owner", database.passwords().owner());
        login(all, "APP", "weft_app", database.passwords().app());
        login(all, "JOB", "weft_job", database.passwords().job());
        all.put("WEFT_HTTP_PORT", Integer.toString(httpPort));
        // Spring Boot's own: the hub listens at all addresses if it is not told.
        all.put("SERVER_ADDRESS", "127.0.0.1");
        all.put("WEFT_GRPC_PORT", Integer.toString(options.grpcPort(number)));
        all.put("WEFT_PUBLIC_GRPC_ADDRESS", options.publicHost() + ":" + options.grpcPort(number));
        all.put("WEFT_DATA_DIR", options.folder().hub().toString());
        all.put("WEFT_MASTER_KEY_FILE", secrets.masterKeyFile().toString());
        all.put("WEFT_BOOTSTRAP_TENANT", "demo");
        all.put("WEFT_BOOTSTRAP_TOKEN_FILE", secrets.tokenFile().toString());
        all.put("WEFT_OIDC_ISSUER", options.console().issuerUrl());
        return all;
    }

    @Override
    URI readiness() {
        return URI.create(address() + "/actuator/health/readiness");
    }
}
