package io.weft.launcher.supervise;

import io.weft.launcher.ConsoleOptions;
import io.weft.launcher.RunOptions;
import io.weft.launcher.Secrets;
import io.weft.launcher.postgres.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process that people and programs reach: the console, the log-in and the way to the hub. */
final class Console extends JavaChild {
    private static final String[] SMALL = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private final RunOptions options;
    private final Program program;
    private final PostgresServer database;
    private final List<String> hubs;

    Console(RunOptions options, Program program, PostgresServer database, List<String> hubs) {
        super(
                "console",
                options.folder().root(),
                new RotatingLog(options.folder().logs().resolve("console.log")));
        this.options = options;
        this.program = program;
        this.database = database;
        this.hubs = List.copyOf(hubs);
    }

    @Override
    List<String> command() {
        return program.command(SMALL);
    }

    @Override
    List<String> passedOn() {
        return List.of("WEFT_RATE_LIMIT");
    }

    @Override
    Map<String, String> variables() {
        ConsoleOptions console = options.console();
        Map<String, String> all = new HashMap<>();
        all.put("WEFT_HTTP_PORT", Integer.toString(options.httpPort()));
        if (!console.elsewhere()) all.put("WEFT_HTTP_ADDRESS", "127.0.0.1");
        all.put("WEFT_PUBLIC_URL", console.publicUrl());
        all.put("WEFT_HUB_URLS", String.join(",", hubs));
        all.put("WEFT_OIDC_CLIENT_ID", console.clientId());
        if (console.issuer() == null) ownIssuer(all);
        else {
            all.put("WEFT_OIDC_ISSUER", console.issuer());
            Path secret = console.clientSecretFile();
            if (secret != null) all.put("WEFT_OIDC_CLIENT_SECRET_FILE", secret.toString());
        }
        return all;
    }

    private void ownIssuer(Map<String, String> all) {
        Secrets secrets = new Secrets(options.folder().secrets());
        all.put("WEFT_DB_URL", database.url());
        login(all, "OWNER", "weft_owner", database.passwords().owner());
        login(all, "ISSUER", "weft_issuer", database.passwords().issuer());
        all.put("WEFT_MASTER_KEY_FILE", secrets.masterKeyFile().toString());
        all.put("WEFT_OIDC_CLIENT_SECRET_FILE", secrets.consoleClientFile().toString());
        all.put("WEFT_DEMO_PASSWORD_FILE", secrets.demoPasswordFile().toString());
    }

    @Override
    URI readiness() {
        return URI.create("http://127.0.0.1:" + options.httpPort() + "/healthz");
    }
}
