package io.weft.web.issuer;

import io.weft.web.answer.Problem;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * All that lies below {@code /issuer}, as if it were an application of its own at that path. What it does not answer is not
 * found: nothing goes on to the edge's own addresses.
 */
final class IssuerFilter implements Filter {
    static final String PATH = "/issuer";

    private final FilterChainProxy filters;

    IssuerFilter(SecurityFilterChain chain) {
        filters = new FilterChainProxy(chain);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain edge)
            throws IOException, ServletException {
        filters.doFilter(
                new Inside((HttpServletRequest) request),
                response,
                (unanswered, unused) -> Problem.notFound().write((HttpServletResponse) unused));
    }

    private static final class Inside extends HttpServletRequestWrapper {
        Inside(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContextPath() {
            return PATH;
        }

        @Override
        public String getServletPath() {
            return super.getServletPath().substring(PATH.length());
        }
    }
}
