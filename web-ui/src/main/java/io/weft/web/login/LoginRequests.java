package io.weft.web.login;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/** {@code GET /login?returnTo=…} begins a log-in. */
@Component
final class LoginRequests implements OAuth2AuthorizationRequestResolver {
    static final String PATH = "/login";

    private final DefaultOAuth2AuthorizationRequestResolver resolver;

    LoginRequests(Registrations registrations) {
        resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization");
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    static boolean is(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getServletPath().equals(PATH);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return is(request) ? resolve(request, Registrations.NAME) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        OAuth2AuthorizationRequest login = resolver.resolve(request, registration);
        if (login == null) return null;
        return OAuth2AuthorizationRequest.from(login)
                .attributes(attributes ->
                        attributes.put(PendingLogins.RETURN_TO, ReturnTo.checked(request.getParameter("returnTo"))))
                .build();
    }
}
