package io.weft.hub.access.internal.web;

import io.weft.hub.access.Caller;
import io.weft.hub.access.Revalidation;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.access.internal.Authentication;
import io.weft.hub.access.internal.Authentication.Accepted;
import io.weft.hub.access.internal.Authentication.Refused;
import io.weft.hub.access.internal.Authenticator;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.web.Problem;
import io.weft.policy.model.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who calls, and whether that credential may see the tenant in the path. Any other tenant is answered here, before
 * method, media type or body are looked at, so that no endpoint can tell a tenant of others from a name that nobody has.
 */
final class CredentialFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialFilter.class);
    private static final String PASSED = CredentialFilter.class.getName() + ".passed";
    private static final Set<String> PUBLIC =
            Set.of("/api/v1/openapi.json", "/actuator/health/readiness", "/healthz", "/readyz");
    /** What platform administrators may do to any tenant, seeing nothing inside it. */
    private static final Pattern OF_THE_PLATFORM = Pattern.compile("/api/v1/tenants/[^/]+/release-freeze");

    private static final String TENANTS = "/api/v1/tenants/";
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");

    private final Authenticator authenticator;
    private final RefusedAttempts refused;
    private final JsonMapper json;

    CredentialFilter(Authenticator authenticator, RefusedAttempts refused, JsonMapper json) {
        this.authenticator = authenticator;
        this.refused = refused;
        this.json = json;
    }

    /** Whether this filter let the request through; dispatches of the server's own came through it before. */
    static boolean passed(HttpServletRequest request) {
        return request.getAttribute(PASSED) != null
                || request.getDispatcherType() != jakarta.servlet.DispatcherType.REQUEST;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = requestId(request);
        response.setHeader("X-Request-Id", id);
        String path = request.getRequestURI();
        if (PUBLIC.contains(path)) {
            pass(request, response, chain);
            return;
        }
        Authentication authentication;
        try {
            authentication = authenticate(request);
        } catch (StorageException | org.springframework.dao.DataAccessException e) {
            LOG.warn("no credential can be checked: {}", e.getMessage());
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            answer(
                    response,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Credentials cannot be checked now; try again."));
            return;
        }
        switch (authentication) {
            case Refused r -> unauthorized(request, response, r, id);
            case Accepted a -> enter(a.caller().from(request.getRemoteAddr(), id), path, request, response, chain);
        }
    }

    private void enter(
            Caller caller, String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(Caller.class.getName(), caller);
        // No name here needs an escape; one would only hide from this filter what the dispatcher sees.
        if (path.indexOf('%') >= 0) {
            answer(response, Problem.notFound());
            return;
        }
        if (!path.startsWith(TENANTS)) {
            pass(request, response, chain);
            if (response.getStatus() == HttpStatus.FORBIDDEN.value()) note(caller, own(caller), request, "forbidden");
            return;
        }
        Optional<TenantCaller> inTenant = tenant(path).flatMap(caller::in);
        if (inTenant.isEmpty()) {
            if (caller.platformAdministrator() && OF_THE_PLATFORM.matcher(path).matches()) {
                pass(request, response, chain);
                return;
            }
            note(caller, own(caller), request, "not visible to this credential");
            answer(response, Problem.notFound());
            return;
        }
        TenantId tenant = inTenant.get().tenant();
        Revalidation revalidation = () -> authenticate(request) instanceof Accepted again
                && again.caller().in(tenant).isPresent();
        request.setAttribute(Revalidation.class.getName(), revalidation);
        request.setAttribute(TenantCaller.class.getName(), inTenant.get());
        pass(request, response, chain);
        if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
            note(caller, inTenant.get().tenant(), request, "forbidden");
        }
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(PASSED, true);
        chain.doFilter(request, response);
    }

    private Authentication authenticate(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Refused("credential: missing (expected: Authorization: Bearer <token>)", null);
        }
        return authenticator.authenticate(header.substring(7).strip());
    }

    private void unauthorized(HttpServletRequest request, HttpServletResponse response, Refused why, String id)
            throws IOException {
        if (why.tenant() != null) {
            refused.note(
                    why.tenant(),
                    new AuditEvent(
                            "unknown",
                            action(request),
                            request.getRequestURI(),
                            request.getRemoteAddr(),
                            id,
                            detail(why.reason())));
        } else if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            refused.noteStranger(place(request), request.getRemoteAddr(), why.reason());
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"weft\"");
        // Why it was refused is for the audit trail, not for whoever tries.
        answer(
                response,
                Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "A valid credential is needed (expected: Authorization: Bearer <token>)."));
    }

    private void note(Caller caller, @Nullable TenantId tenant, HttpServletRequest request, String why) {
        if (tenant != null) {
            refused.note(tenant, caller.event(action(request), request.getRequestURI(), detail(why)));
        } else {
            refused.noteStranger(place(request), request.getRemoteAddr(), caller.subject() + ": " + why);
        }
    }

    private static String action(HttpServletRequest request) {
        return request.getMethod();
    }

    private static String place(HttpServletRequest request) {
        return action(request) + " " + request.getRequestURI();
    }

    private String detail(String reason) {
        return json.writeValueAsString(java.util.Map.of("reason", reason));
    }

    private static @Nullable TenantId own(Caller caller) {
        return caller.tenants().isEmpty() ? null : caller.tenants().firstKey();
    }

    private static Optional<TenantId> tenant(String path) {
        int end = path.indexOf('/', TENANTS.length());
        try {
            return Optional.of(new TenantId(path.substring(TENANTS.length(), end < 0 ? path.length() : end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String requestId(HttpServletRequest request) {
        String given = request.getHeader("X-Request-Id");
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    private void answer(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
