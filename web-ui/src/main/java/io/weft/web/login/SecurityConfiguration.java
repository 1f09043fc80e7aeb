package io.weft.web.login;

import io.weft.web.answer.Problem;
import io.weft.web.settings.EdgeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Two kinds of requests. Programs bring their own credential, which the hub alone judges: no session, no cookie, no CSRF. People
 * have a session, and every write of theirs shows that it comes from the console.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final AuthenticationEntryPoint EXPIRED =
            (request, response, e) -> Problem.sessionExpired().write(response);
    /** Without a session there is nothing to forge: the page has to learn that the session is over. */
    private static final AccessDeniedHandler FORGED = (request, response, e) -> {
        Problem problem = SignedIn.of(request).isPresent() ? Problem.forged() : Problem.sessionExpired();
        problem.write(response);
    };

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    ServletListenerRegistrationBean<Sessions> sessionsEnd(Sessions sessions) {
        return new ServletListenerRegistrationBean<>(sessions);
    }

    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, EdgeSettings settings) throws Exception {
        return http.securityMatcher(request -> isApi(request) && request.getHeader(HttpHeaders.AUTHORIZATION) != null)
                .headers(headers -> SecurityHeaders.apply(headers, settings))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/");
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(
            HttpSecurity http,
            EdgeSettings settings,
            Registrations registrations,
            LoginRequests logins,
            PendingLogins pending,
            Sessions sessions,
            LogoutAnswer logoutAnswer,
            IssuerClient issuer)
            throws Exception {
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(issuer.restClient());
        OidcUserService users = new OidcUserService();
        // The identity token has all that is shown.
        users.setRetrieveUserInfo(request -> false);
        return http.headers(headers -> SecurityHeaders.apply(headers, settings))
                .csrf(csrf -> csrf.csrfTokenRepository(new HttpSessionCsrfTokenRepository())
                        .ignoringRequestMatchers(BackChannelLogout.PATH))
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CanonicalAddress(settings), OAuth2AuthorizationRequestRedirectFilter.class)
                .addFilterBefore(new LoginGate(registrations), OAuth2AuthorizationRequestRedirectFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/api/v1/openapi.json")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .oauth2Login(login -> login.loginPage(LoginRequests.PATH)
                        .clientRegistrationRepository(registrations)
                        .authorizedClientRepository(sessions)
                        .authorizationEndpoint(
                                at -> at.authorizationRequestResolver(logins).authorizationRequestRepository(pending))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(codes))
                        .userInfoEndpoint(info -> info.oidcUserService(users))
                        .successHandler((request, response, person) -> response.sendRedirect(
                                request.getAttribute(PendingLogins.RETURN_TO) instanceof String page ? page : "/"))
                        .failureHandler((request, response, e) ->
                                response.sendRedirect(SignedIn.of(request).isPresent() ? "/" : "/login/failed")))
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessHandler(logoutAnswer))
                .exceptionHandling(
                        failed -> failed.authenticationEntryPoint(EXPIRED).accessDeniedHandler(FORGED))
                .build();
    }
}
