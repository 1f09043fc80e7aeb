package io.weft.web.relay;

import io.weft.web.answer.Problem;
import io.weft.web.hub.HubApi.Membership;
import io.weft.web.login.PersonTokens;
import io.weft.web.login.SignedIn;
import io.weft.web.settings.EdgeSettings;
import java.net.URI;
import java.util.Optional;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What lies below {@code /api} is the hub's. Who brings a credential of his own is judged by the hub alone; who has a session
 * gets the token of its person put in.
 */
@Configuration(proxyBeanMethods = false)
class HubRelay {
    private final TenantLimits limits;
    private final PersonTokens tokens;
    private final URI anyHub;

    HubRelay(TenantLimits limits, PersonTokens tokens, EdgeSettings settings) {
        this.limits = limits;
        this.tokens = tokens;
        anyHub = settings.hubs().getFirst();
    }

    @Bean
    RouterFunction<ServerResponse> hubRoutes() {
        return RouterFunctions.route(RequestPredicates.path("/api/**"), HandlerFunctions.http())
                .filter(this::relay);
    }

    private ServerResponse relay(ServerRequest request, HandlerFunction<ServerResponse> hub) throws Exception {
        // Which replica it will be is decided when the connection is made.
        MvcUtils.setRequestUrl(request, anyHub);
        String credential = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        if (credential != null) return ofProgram(request, credential, hub);
        Optional<SignedIn> person = SignedIn.of(request.servletRequest());
        return person.isPresent() ? ofPerson(request, person.get(), hub) : limited(address(request), request, hub);
    }

    private ServerResponse ofProgram(ServerRequest request, String credential, HandlerFunction<ServerResponse> hub)
            throws Exception {
        String tenant = TenantLimits.tenant(request.path());
        ServerResponse answer = limited(limits.key(credential, tenant, remote(request)), request, hub);
        int status = answer.statusCode().value();
        if (status < 400 || status == 403) limits.learned(credential, tenant);
        return answer;
    }

    private ServerResponse ofPerson(ServerRequest request, SignedIn person, HandlerFunction<ServerResponse> hub)
            throws Exception {
        String tenant = TenantLimits.tenant(request.path());
        boolean member = person.tenants().stream().map(Membership::name).anyMatch(tenant::equals);
        return switch (tokens.of(person)) {
            case PersonTokens.Valid valid -> {
                Credential.set(request, valid.token(), person);
                yield limited(member ? "tenant " + tenant : "person " + person.name(), request, hub);
            }
            case PersonTokens.Over over -> {
                SignedIn.end(request.servletRequest());
                yield Problem.sessionExpired().response();
            }
            case PersonTokens.Unavailable unavailable ->
                Problem.issuerUnavailable().response();
        };
    }

    private ServerResponse limited(String key, ServerRequest request, HandlerFunction<ServerResponse> hub)
            throws Exception {
        long wait = limits.take(key);
        return wait > 0 ? Problem.tooManyRequests(wait).response() : hub.handle(request);
    }

    private static String address(ServerRequest request) {
        return "address " + remote(request);
    }

    private static String remote(ServerRequest request) {
        return request.servletRequest().getRemoteAddr();
    }
}
