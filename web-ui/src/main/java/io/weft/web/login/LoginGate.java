package io.weft.web.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.weft.web.answer.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before a log-in begins: not for who is logged in, not without an issuer, and not without end from one address. */
final class LoginGate extends OncePerRequestFilter {
    private static final int MINUTE = 60;
    private static final int LOGINS_A_MINUTE = 60;

    private final Registrations registrations;
    private final Cache<String, Bucket> byAddress = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    LoginGate(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!LoginRequests.is(request)) chain.doFilter(request, response);
        else if (SignedIn.of(request).isPresent()) {
            response.sendRedirect(ReturnTo.checked(request.getParameter("returnTo")));
        } else if (!bucket(request.getRemoteAddr()).tryConsume(1))
            Problem.tooManyRequests(MINUTE).write(response);
        else if (registrations.find().isEmpty()) response.sendRedirect("/login/unavailable");
        else chain.doFilter(request, response);
    }

    private Bucket bucket(String address) {
        return byAddress.get(
                address,
                made -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(LOGINS_A_MINUTE)
                                .refillGreedy(LOGINS_A_MINUTE, Duration.ofMinutes(1))
                                .build())
                        .build());
    }
}
