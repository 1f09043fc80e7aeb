package io.weft.web;

import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.InvalidSettingsException;
import io.weft.web.settings.IssuerSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The edge's process. Everything it needs to know comes from the environment; what is wrong there is told all at once. */
@SpringBootApplication(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            OAuth2ClientAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class
        })
public class EdgeApplication {
    /** Exit status of a process that was started with unusable settings. */
    public static final int UNUSABLE_SETTINGS = 78;

    public static void main(String[] arguments) {
        EdgeSettings settings;
        try {
            settings = EdgeSettings.read(System.getenv());
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE_SETTINGS);
            return;
        }
        ConfigurableApplicationContext context = start(settings);
        if (settings.exitOnStdinEof()) exitWithParent(context);
    }

    /** Starts an edge in this process; the caller closes it. A port of 0 takes any free one. */
    public static ConfigurableApplicationContext start(EdgeSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", settings.httpPort());
        if (settings.httpAddress() != null) properties.put("server.address", settings.httpAddress());
        // The prefix makes browsers keep the cookie to this host and to TLS.
        properties.put(
                "server.servlet.session.cookie.name", settings.secure() ? "__Host-weft-session" : "weft-session");
        properties.put("server.servlet.session.cookie.secure", settings.secure());
        if (settings.issuer() instanceof IssuerSettings.Embedded) properties.put("weft.issuer.embedded", true);
        return new SpringApplicationBuilder(EdgeApplication.class)
                .properties(properties)
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(EdgeSettings.class, () -> settings))
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
