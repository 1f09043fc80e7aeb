package io.weft.launcher.supervise;

import io.weft.launcher.FleetOptions;
import io.weft.launcher.Ports;
import io.weft.launcher.RunOptions;
import io.weft.launcher.Secrets;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Simulated clusters with the real agent in each, to try Weft without any other. */
final class Fleet extends JavaChild {
    private static final String[] SMALL = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow"
    };

    private final RunOptions options;
    private final FleetOptions fleet;
    private final Program program;
    private final String hub;
    private final int port = Ports.anyFree();

    /** @param hub where a replica answers HTTP */
    Fleet(RunOptions options, FleetOptions fleet, Program program, String hub) {
        super(
                "fleet",
                options.folder().root(),
                new RotatingLog(options.folder().logs().resolve("fleet.log")));
        this.options = options;
        this.fleet = fleet;
        this.program = program;
        this.hub = hub;
    }

    @Override
    List<String> command() {
        return program.command(SMALL);
    }

    @Override
    List<String> passedOn() {
        return List.of();
    }

    @Override
    Map<String, String> variables() {
        Map<String, String> all = new HashMap<>();
        all.put("WEFT_FLEET_HUB", hub);
        all.put(
                "WEFT_FLEET_TOKEN_FILE",
                new Secrets(options.folder().secrets()).tokenFile().toString());
        all.put("WEFT_FLEET_DIR", options.folder().root().resolve("fleet").toString());
        all.put("WEFT_FLEET_QUIET", fleet.quiet() ? "1" : "");
        all.put("WEFT_HTTP_PORT", Integer.toString(port));
        return all;
    }

    @Override
    URI readiness() {
        return URI.create("http://127.0.0.1:" + port + "/healthz");
    }
}
