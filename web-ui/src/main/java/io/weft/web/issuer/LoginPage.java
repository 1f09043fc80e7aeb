package io.weft.web.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/** The form where people log in, its style, and what it says when a try did not succeed. */
final class LoginPage extends OncePerRequestFilter {
    static final String PATH = "/login";
    private static final String STYLE = "/login.css";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String SECONDS = "30";

    private final LoginAttempts attempts;
    private final boolean demo;
    private final String template;
    private final String style;

    LoginPage(LoginAttempts attempts, boolean demo) throws IOException {
        this.attempts = attempts;
        this.demo = demo;
        template = read("issuer/login.html");
        style = read("issuer/login.css");
    }

    private static String read(String file) throws IOException {
        try (InputStream in = new ClassPathResource(file).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath();
        boolean get = request.getMethod().equals("GET");
        if (get && path.equals(STYLE)) send(response, "text/css", style);
        else if (get && path.equals(PATH)) show(request, response);
        else if (!path.equals(PATH) || mayTry(request)) chain.doFilter(request, response);
        else {
            response.setStatus(TOO_MANY_REQUESTS);
            response.setHeader("Retry-After", SECONDS);
            send(response, "text/html", page(request, Message.TOO_MANY));
        }
    }

    private boolean mayTry(HttpServletRequest request) {
        return attempts.take(Objects.requireNonNullElse(request.getParameter("username"), ""), request.getRemoteAddr());
    }

    private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Authentication person = SecurityContextHolder.getContext().getAuthentication();
        if (person != null && person.isAuthenticated()) response.sendRedirect("/");
        else send(response, "text/html", page(request, Message.of(request.getParameter("error"))));
    }

    /** What went wrong, in words of ours: nothing of the request is shown. */
    enum Message {
        NONE(""),
        PASSWORD("User name or password is wrong. Both are case-sensitive."),
        TOO_MANY("Too many tries. Wait half a minute, then try again."),
        EXPIRED("This page was open for too long. Try again."),
        UNAVAILABLE("The password cannot be checked at the moment. Try again.");

        private final String text;

        Message(String text) {
            this.text = text;
        }

        static Message of(@org.jspecify.annotations.Nullable String code) {
            return switch (code) {
                case "password" -> PASSWORD;
                case "expired" -> EXPIRED;
                case "unavailable" -> UNAVAILABLE;
                case null, default -> NONE;
            };
        }
    }

    private String page(HttpServletRequest request, Message message) {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return template.replace("{{title}}", message == Message.NONE ? "Log in" : "Error: log in")
                .replace("{{message}}", message == Message.NONE ? "" : alert(message))
                .replace("{{described}}", message == Message.NONE ? "" : " aria-describedby=\"message\"")
                .replace("{{people}}", demo ? people() : "")
                .replace("{{csrf}}", HtmlUtils.htmlEscape(csrf.getToken()));
    }

    private static String alert(Message message) {
        return "<p class=\"message\" id=\"message\" role=\"alert\">" + HtmlUtils.htmlEscape(message.text) + "</p>";
    }

    private static String people() {
        return DemoPeople.ALL.stream()
                .map(person ->
                        "<li><code>" + person.name() + "</code> " + HtmlUtils.htmlEscape(person.role()) + "</li>")
                .collect(
                        Collectors.joining(
                                "\n",
                                "<section class=\"people\" aria-labelledby=\"people\">\n<h2 id=\"people\">Demo users</h2>\n<ul>\n",
                                "\n</ul>\n<p>They share one password: <code>./weft password</code> prints it.</p>\n</section>"));
    }

    private static void send(HttpServletResponse response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
