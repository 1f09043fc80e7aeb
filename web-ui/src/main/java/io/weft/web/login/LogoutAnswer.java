package io.weft.web.login;

import io.weft.web.settings.EdgeSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The session is over here; the answer says where the browser ends it at the issuer as well, which sends it back. */
@Component
final class LogoutAnswer implements LogoutSuccessHandler {
    private final Registrations registrations;
    private final EdgeSettings settings;

    LogoutAnswer(Registrations registrations, EdgeSettings settings) {
        this.registrations = registrations;
        this.settings = settings;
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication person)
            throws IOException {
        response.setContentType("application/json");
        String answer = JsonMapper.shared().writeValueAsString(Map.of("redirect", target(person)));
        response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private String target(@Nullable Authentication person) {
        if (person == null || !(person.getPrincipal() instanceof OidcUser user)) return "/";
        return registrations
                .find()
                .map(issuer ->
                        issuer.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint"))
                .map(endpoint -> UriComponentsBuilder.fromUriString(endpoint.toString())
                        .queryParam("id_token_hint", user.getIdToken().getTokenValue())
                        .queryParam("post_logout_redirect_uri", settings.publicUrl() + "/")
                        .encode()
                        .toUriString())
                .orElse("/");
    }
}
