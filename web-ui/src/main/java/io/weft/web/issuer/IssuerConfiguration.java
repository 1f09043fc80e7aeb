package io.weft.web.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.weft.web.answer.Problem;
import io.weft.web.login.SecurityHeaders;
import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.IssuerSettings.Embedded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Puts the issuer together, when no other one was named. It shares browsers' sessions with the edge and nothing in them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("weft.issuer.embedded")
class IssuerConfiguration {
    /** Before the edge's own filters. */
    private static final int ORDER = -110;

    private final EdgeSettings edge;
    private final Embedded settings;

    IssuerConfiguration(EdgeSettings edge) {
        this.edge = edge;
        this.settings = (Embedded) edge.issuer();
    }

    @Bean
    JdbcClient issuerDatabase() {
        return IssuerDatabase.open(settings);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(JdbcClient issuerDatabase, InstantSource clock) throws IOException {
        JWKSet keys = new SigningKeys(issuerDatabase, Sealed.with(settings.masterKeyFile()), clock).load();
        return new ImmutableJWKSet<>(keys);
    }

    @Bean
    StoredClient client(JdbcClient issuerDatabase) throws IOException {
        StoredClient client = new StoredClient(issuerDatabase);
        String secret = Files.readString(settings.clientSecretFile()).strip();
        client.ensure(settings.clientId(), secret, edge.publicUrl().toString());
        return client;
    }

    @Bean
    DemoPeople demoPeople(JdbcClient issuerDatabase) throws IOException {
        DemoPeople people = new DemoPeople(issuerDatabase);
        if (settings.demoPasswordFile() == null) people.remove();
        else people.ensure(Files.readString(settings.demoPasswordFile()).strip());
        return people;
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new Authorizations();
    }

    @Bean
    AuthorizationServerSettings issuerAddress() {
        return AuthorizationServerSettings.builder().issuer(edge.issuerUrl()).build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(DemoPeople demoPeople) {
        return new Claims(demoPeople);
    }

    /** For what comes with a token of ours. */
    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> signingKeys) {
        return NimbusJwtDecoder.withJwkSource(signingKeys).build();
    }

    @Bean
    NoSessionNames noSessionNames() {
        return new NoSessionNames();
    }

    @Bean
    FilterRegistrationBean<IssuerFilter> issuer(HttpSecurity http, DemoPeople demoPeople) throws Exception {
        FilterRegistrationBean<IssuerFilter> registration =
                new FilterRegistrationBean<>(new IssuerFilter(chain(http, demoPeople)));
        registration.addUrlPatterns(IssuerFilter.PATH + "/*");
        registration.setOrder(ORDER);
        return registration;
    }

    private SecurityFilterChain chain(HttpSecurity http, DemoPeople people) throws Exception {
        HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
        sessions.setSpringSecurityContextKey("weft.issuer.person");
        HttpSessionCsrfTokenRepository csrfTokens = new HttpSessionCsrfTokenRepository();
        csrfTokens.setSessionAttributeName("weft.issuer.csrf");
        HttpSessionRequestCache begun = new HttpSessionRequestCache();
        LoginAttempts attempts = new LoginAttempts();
        DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(people::user);
        passwords.setPasswordEncoder(people.passwords());
        return http.oauth2AuthorizationServer(issuer -> issuer.clientAuthentication(clients ->
                                clients.authenticationProviders(providers -> providers.forEach(provider -> {
                                    if (provider instanceof ClientSecretAuthenticationProvider secrets) {
                                        secrets.setPasswordEncoder(new StoredClient.SecretHash());
                                    }
                                })))
                        .oidc(oidc -> {}))
                .headers(headers -> SecurityHeaders.apply(headers, edge))
                .securityContext(context -> context.securityContextRepository(sessions))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .requestCache(cache -> cache.requestCache(begun))
                .authenticationProvider(passwords)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/oauth2/**", "/userinfo")
                        .authenticated()
                        // Nothing is there.
                        .anyRequest()
                        .permitAll())
                .addFilterBefore(new LoginPage(attempts, edge.demo()), UsernamePasswordAuthenticationFilter.class)
                .formLogin(form -> form.loginPage(LoginPage.PATH)
                        .successHandler((request, response, person) -> {
                            attempts.succeeded(person.getName(), request.getRemoteAddr());
                            String target = Begun.target(begun.getRequest(request, response));
                            begun.removeRequest(request, response);
                            response.sendRedirect(target);
                        })
                        .failureHandler((request, response, e) -> again(
                                response,
                                e instanceof InternalAuthenticationServiceException ? "unavailable" : "password")))
                .logout(logout -> logout.disable())
                .exceptionHandling(failed -> failed.authenticationEntryPoint(IssuerConfiguration::logInFirst)
                        .accessDeniedHandler((request, response, e) -> denied(request, response)))
                .build();
    }

    /** A person in a browser can; a program that came without what it needs cannot. */
    private static void logInFirst(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (request.getServletPath().equals("/oauth2/authorize")) {
            response.sendRedirect(IssuerFilter.PATH + LoginPage.PATH);
        } else Problem.sessionExpired().write(response);
    }

    /** A form whose token is not of this session any more: another tab logged in, or the session ran out. */
    private static void denied(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals(LoginPage.PATH)) again(response, "expired");
        else Problem.forged().write(response);
    }

    private static void again(HttpServletResponse response, String error) throws IOException {
        response.sendRedirect(IssuerFilter.PATH + LoginPage.PATH + "?error=" + error);
    }
}
