package io.weft.it.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as far as redirects, forms and cookies go; it takes all servers for safe, as browsers do on loopback. */
final class PersonBrowser {
    /** A page that was read whole. */
    record Page(HttpResponse<String> answer) {
        int status() {
            return answer.statusCode();
        }

        String body() {
            return answer.body();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(answer.body());
        }

        /** Where the page's form goes. */
        URI action() {
            Matcher matcher = ACTION.matcher(answer.body());
            if (!matcher.find()) throw new AssertionError("no form: " + status() + " " + body());
            return answer.uri().resolve(matcher.group(1).replace("&amp;", "&"));
        }

        /** What the page's form has in it before anybody fills it in. */
        Map<String, String> hidden() {
            Map<String, String> fields = new TreeMap<>();
            Matcher inputs = INPUT.matcher(answer.body());
            while (inputs.find()) {
                String name = attribute(inputs.group(), "name");
                if (inputs.group().contains("hidden")) fields.put(name, attribute(inputs.group(), "value"));
            }
            return fields;
        }

        private static String attribute(String element, String name) {
            Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(element);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> cookies = new TreeMap<>();
    private final URI console;

    PersonBrowser(String console) {
        this.console = URI.create(console);
    }

    Page get(String address) {
        return follow(HttpRequest.newBuilder(console.resolve(address)));
    }

    /** Fills in the form of a page and sends it. */
    Page submit(Page form, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(form.hidden());
        all.putAll(fields);
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return follow(HttpRequest.newBuilder(form.action())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Answers the session, whether it is somebody's or not. */
    JsonNode logIn(String name, String password) {
        submit(get("/login"), Map.of("username", name, "password", password));
        return session();
    }

    JsonNode session() {
        return get("/session").json();
    }

    /** A write as the console does it. */
    Page write(String method, String path, String body) {
        JsonNode csrf = session().path("csrf");
        return follow(HttpRequest.newBuilder(console.resolve(path))
                .header(
                        csrf.path("headerName").asString("X-CSRF-TOKEN"),
                        csrf.path("token").asString("none"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private Page follow(HttpRequest.Builder request) {
        Page page = send(request.header("Accept", "text/html,application/json,*/*"));
        while (page.status() / 100 == 3) {
            URI next = page.answer()
                    .uri()
                    .resolve(page.answer().headers().firstValue("Location").orElseThrow());
            page = send(HttpRequest.newBuilder(next).header("Accept", "text/html,application/json,*/*"));
        }
        return page;
    }

    private Page send(HttpRequest.Builder builder) {
        String server = builder.copy().build().uri().getAuthority();
        Map<String, String> ofServer = cookies.computeIfAbsent(server, made -> new TreeMap<>());
        if (!ofServer.isEmpty()) {
            builder.header(
                    "Cookie",
                    ofServer.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer = client.send(builder.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(cookie -> keep(ofServer, cookie));
            return new Page(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void keep(Map<String, String> cookies, String header) {
        String[] pair = header.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty() || header.contains("Max-Age=0")) cookies.remove(pair[0]);
        else cookies.put(pair[0], pair[1]);
    }
}
