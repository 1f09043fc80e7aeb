package io.weft.web.login;

import io.weft.web.settings.EdgeSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** A person who came by another name of this machine, such as localhost, goes on under the public one: cookies know but one. */
final class CanonicalAddress extends OncePerRequestFilter {
    private final String publicUrl;
    private final String authority;

    CanonicalAddress(EdgeSettings settings) {
        publicUrl = settings.publicUrl().toString();
        authority = settings.publicUrl().getAuthority();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || host.equalsIgnoreCase(authority) || !isPage(request)) chain.doFilter(request, response);
        else response.sendRedirect(publicUrl + ReturnTo.withLogin(request));
    }

    private static boolean isPage(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET") && accepted != null && accepted.contains("text/html");
    }
}
