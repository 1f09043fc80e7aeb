package io.weft.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as far as requests, redirects and cookies go: it follows a redirect only when told to. */
final class Browser {
    /** An answer, read whole. */
    record Page(HttpResponse<String> answer) {
        int status() {
            return answer.statusCode();
        }

        String body() {
            return answer.body();
        }

        String header(String name) {
            return String.join(", ", answer.headers().allValues(name));
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(answer.body());
        }

        URI location() {
            return answer.uri().resolve(header("Location"));
        }
    }

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI edge;

    Browser(URI edge) {
        this.edge = edge;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(edge.resolve(path));
    }

    Page send(HttpRequest.Builder request) {
        try {
            return new Page(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Page get(String path) {
        return send(to(path));
    }

    /** As a person who types an address. */
    Page open(String path) {
        return send(to(path).header("Accept", "text/html,*/*"));
    }

    Page post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Follows redirects to the first answer that is none. */
    Page follow(Page page) {
        Page at = page;
        while (at.status() / 100 == 3) at = send(HttpRequest.newBuilder(at.location()));
        return at;
    }

    /** What the form carries against forgery. */
    static String csrf(Page form) {
        Matcher matcher = CSRF.matcher(form.body());
        if (!matcher.find()) throw new AssertionError("no form: " + form.status() + " " + form.body());
        return matcher.group(1);
    }

    /** The log-in's form, wherever it is. */
    Page loginForm() {
        return follow(get("/login"));
    }

    /** Fills in the form and sends it; does not follow. */
    Page enter(Page form, String name, String password) {
        return post("/issuer/login", Map.of("username", name, "password", password, "_csrf", csrf(form)));
    }

    /** Logs in with all steps; the answer is the page at the end, or the form again. */
    Page logIn(String name, String password) {
        return follow(enter(loginForm(), name, password));
    }

    JsonNode session() {
        return get("/session").json();
    }

    /** A write as the console does it. */
    HttpRequest.Builder write(String path) {
        JsonNode csrf = session().path("csrf");
        return to(path).header(
                        csrf.path("headerName").asString(), csrf.path("token").asString());
    }

    HttpCookie cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().endsWith("weft-session"))
                .findFirst()
                .orElseThrow();
    }

    HttpClient client() {
        return client;
    }
}
