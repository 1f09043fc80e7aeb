package io.weft.hub;

import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.InvalidSettingsException;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The hub's process. Everything it needs to know comes from the environment; what is wrong there is told all at once. */
@SpringBootApplication
public class HubApplication {
    /** Exit status of a process that was started with unusable settings. */
    public static final int UNUSABLE_SETTINGS = 78;

    public static void main(String[] arguments) {
        HubSettings settings;
        try {
            settings = HubSettings.read(System.getenv());
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE_SETTINGS);
            return;
        }
        ConfigurableApplicationContext context = start(settings);
        if (settings.exitOnStdinEof()) exitWithParent(context);
    }

    /** Starts a hub in this process; the caller closes it. A port of 0 takes any free one. */
    public static ConfigurableApplicationContext start(HubSettings settings) {
        return new SpringApplicationBuilder(HubApplication.class)
                .properties(Map.of("server.port", settings.httpPort()))
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(HubSettings.class, () -> settings))
                .run();
    }

    /** The launcher holds the other end of standard input: when it is gone, however it went, so is this process. */
    private static void exitWithParent(ConfigurableApplicationContext context) {
        Thread.ofPlatform().daemon().name("stdin").start(() -> {
            try {
                while (System.in.read() >= 0) continue;
            } catch (IOException e) {
                // A broken pipe says the same as its end.
                System.err.println("standard input: " + e.getMessage());
            }
            System.exit(SpringApplication.exit(context));
        });
    }
}
