package io.weft.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the program is told from outside.
 *
 * @param hub {@code WEFT_FLEET_HUB}: the hub's REST interface, {@code http://host:port}
 * @param tokenFile {@code WEFT_FLEET_TOKEN_FILE}: a token of somebody who may declare and enrol clusters; never logged
 * @param folder {@code WEFT_FLEET_DIR}: where the clusters outlive this process
 * @param tenant {@code WEFT_FLEET_TENANT}; {@code demo}
 * @param httpPort {@code WEFT_HTTP_PORT}: {@code /healthz} on the loopback address; 0 for any
 * @param quiet {@code WEFT_FLEET_QUIET} is set: nothing happens in the clusters by itself
 */
record FleetSettings(String hub, Path tokenFile, Path folder, String tenant, int httpPort, boolean quiet) {
    /** All that is missing, at once. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String problems) {
            super(problems);
        }
    }

    static FleetSettings of(Map<String, String> environment) throws Invalid {
        List<String> problems = new ArrayList<>();
        String hub = required(environment, "WEFT_FLEET_HUB", "http://host:port", problems);
        String token = required(environment, "WEFT_FLEET_TOKEN_FILE", "a file", problems);
        String folder = required(environment, "WEFT_FLEET_DIR", "a folder", problems);
        String port = environment.getOrDefault("WEFT_HTTP_PORT", "0").strip();
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            problems.add("WEFT_HTTP_PORT: " + port + " (expected: a port)");
        }
        if (!problems.isEmpty()) throw new Invalid(String.join("\n", problems));
        String tenant = environment.getOrDefault("WEFT_FLEET_TENANT", "demo");
        boolean quiet = !environment.getOrDefault("WEFT_FLEET_QUIET", "").isBlank();
        return new FleetSettings(hub, Path.of(token), Path.of(folder), tenant, Integer.parseInt(port), quiet);
    }

    private static String required(
            Map<String, String> environment, String name, String expected, List<String> problems) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) problems.add(name + ": missing (expected: " + expected + ")");
        return value;
    }
}
