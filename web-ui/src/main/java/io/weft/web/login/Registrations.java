package io.weft.web.login;

import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.IssuerSettings;
import io.weft.web.settings.IssuerSettings.Embedded;
import io.weft.web.settings.IssuerSettings.External;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * What the edge is at its issuer. Another program's description is read when the first person logs in, so that the edge
 * starts without it.
 */
@Component
final class Registrations implements ClientRegistrationRepository {
    /** The only one. */
    static final String NAME = "weft";

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final EdgeSettings settings;
    private final IssuerClient http;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile int localPort;
    private volatile @Nullable ClientRegistration known;

    Registrations(EdgeSettings settings, IssuerClient http) {
        this.settings = settings;
        this.http = http;
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        localPort = event.getWebServer().getPort();
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
        return registrationId.equals(NAME) ? find().orElse(null) : null;
    }

    /** Empty when the issuer cannot be asked what it is. */
    Optional<ClientRegistration> find() {
        ClientRegistration found = known;
        if (found != null) return Optional.of(found);
        reading.lock();
        try {
            if (known == null) known = registration();
            return Optional.ofNullable(known);
        } catch (RestClientException | IllegalArgumentException e) {
            LOG.warn("the issuer {} cannot be read: {}", settings.issuerUrl(), e.getMessage());
            return Optional.empty();
        } finally {
            reading.unlock();
        }
    }

    private ClientRegistration registration() {
        return switch (settings.issuer()) {
            case Embedded embedded -> embedded(embedded);
            case External external -> external(external);
        };
    }

    /** Browsers go to the public address, this process to itself. */
    private ClientRegistration embedded(Embedded issuer) {
        String outside = settings.issuerUrl();
        String inside = "http://127.0.0.1:" + localPort + "/issuer";
        return builder(issuer)
                .issuerUri(outside)
                .authorizationUri(outside + "/oauth2/authorize")
                .tokenUri(inside + "/oauth2/token")
                .jwkSetUri(inside + "/oauth2/jwks")
                .providerConfigurationMetadata(Map.of("end_session_endpoint", outside + "/connect/logout"))
                .build();
    }

    private ClientRegistration external(External issuer) {
        String url = issuer.issuer().toString();
        @SuppressWarnings("unchecked")
        Map<String, Object> description = Objects.requireNonNull(
                http.restOperations().getForObject(URI.create(url + "/.well-known/openid-configuration"), Map.class));
        if (!url.equals(description.get("issuer"))) {
            throw new IllegalArgumentException("it calls itself " + description.get("issuer"));
        }
        return builder(issuer)
                .issuerUri(url)
                .authorizationUri(text(description, "authorization_endpoint"))
                .tokenUri(text(description, "token_endpoint"))
                .jwkSetUri(text(description, "jwks_uri"))
                .providerConfigurationMetadata(description)
                .build();
    }

    private static String text(Map<String, Object> description, String name) {
        if (description.get(name) instanceof String text) return text;
        throw new IllegalArgumentException("its description has no " + name);
    }

    private ClientRegistration.Builder builder(IssuerSettings issuer) {
        Path secret = issuer.clientSecretFile();
        ClientRegistration.Builder builder = ClientRegistration.withRegistrationId(NAME)
                .clientId(issuer.clientId())
                .clientAuthenticationMethod(
                        secret == null
                                ? ClientAuthenticationMethod.NONE
                                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(settings.publicUrl() + "/login/oauth2/code/" + NAME)
                .userNameAttributeName("sub")
                .scope("openid", "profile", "email");
        return secret == null ? builder : builder.clientSecret(read(secret));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
