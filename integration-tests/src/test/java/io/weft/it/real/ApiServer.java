package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * The API of one cluster by plain HTTP, as administrator. Unlike the Fabric8 client it never retries an answer: a
 * custom resource that breaks its schema is refused at once and not after 20 seconds.
 */
public final class ApiServer {
    private static final Pattern DOCUMENT_BORDER = Pattern.compile("(?m)^---.*$");
    private static final Pattern NAME = Pattern.compile("(?m)^  name: (\\S+)$");
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private static final String APPLY = "?fieldManager=weft-test&force=true&fieldValidation=Strict";

    private final String url;
    private final String token;
    private final HttpClient http;
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();

    /** What the API server said when it did not say yes. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(String request, int status, String body) {
            super(request + ": " + status + " " + body);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private record Resource(String plural, boolean namespaced) {}

    ApiServer(String url, String token, String authority) {
        this(
                url,
                token,
                HttpClient.newBuilder()
                        .sslContext(trusting(authority))
                        .connectTimeout(Duration.ofSeconds(2))
                        .build());
    }

    private ApiServer(String url, String token, HttpClient http) {
        this.url = url;
        this.token = token;
        this.http = http;
    }

    /** @throws Refused for any status but 2xx */
    public String request(String method, String path, String contentType, String body) {
        HttpResponse<String> response = send(method, path, contentType, body);
        if (response.statusCode() / 100 != 2) {
            throw new Refused(method + " " + path, response.statusCode(), response.body());
        }
        return response.body();
    }

    /** Whatever the answer is. */
    HttpResponse<String> send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", contentType)
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
    }

    /** The same server, as somebody else; nobody at all with an empty token. */
    ApiServer as(String otherToken) {
        return new ApiServer(url, otherToken, http);
    }

    public Map<?, ?> get(String path) {
        return Serialization.unmarshal(request("GET", path, "application/json", ""), Map.class);
    }

    /** Merges this JSON into the status of an object. */
    public void patchStatus(String path, String json) {
        request("PATCH", path + "/status", "application/merge-patch+json", json);
    }

    /** Server-side apply of every document, in order, with strict checking of fields. */
    public void apply(String yaml) {
        DOCUMENT_BORDER
                .splitAsStream(yaml)
                .filter(document -> !document.isBlank())
                .forEach(
                        document -> request("PATCH", path(document) + APPLY, "application/apply-patch+yaml", document));
    }

    /** Deletes every object named in these documents; one that is not there is well. */
    public void delete(String yaml) {
        DOCUMENT_BORDER
                .splitAsStream(yaml)
                .filter(document -> !document.isBlank())
                .forEach(document -> {
                    try {
                        request("DELETE", path(document), "application/json", "");
                    } catch (Refused e) {
                        if (e.status() != 404) {
                            throw e;
                        }
                    }
                });
    }

    boolean answers(String path) {
        try {
            request("GET", path, "application/json", "");
            return true;
        } catch (Refused | UncheckedIOException e) {
            return false;
        }
    }

    private String path(String document) {
        if (document.contains("\nkind: CustomResourceDefinition\n")) {
            // These are long, and parsing them all takes longer than applying them.
            Matcher name = NAME.matcher(document);
            return DEFINITIONS + (name.find() ? name.group(1) : "");
        }
        Map<?, ?> object = Serialization.unmarshal(document, Map.class);
        Map<?, ?> metadata = (Map<?, ?>) required(object, "metadata");
        String version = (String) required(object, "apiVersion");
        String root = (version.contains("/") ? "/apis/" : "/api/") + version;
        Resource resource = resource(root, (String) required(object, "kind"));
        Object namespace = metadata.get("namespace");
        String scope = resource.namespaced() ? "/namespaces/" + (namespace == null ? "default" : namespace) : "";
        return root + scope + "/" + resource.plural() + "/" + required(metadata, "name");
    }

    private static Object required(Map<?, ?> object, String field) {
        Object value = object.get(field);
        if (value == null) {
            throw new IllegalArgumentException(field + ": missing in " + object);
        }
        return value;
    }

    /** A kind that was defined a moment ago is in discovery a little later. */
    private Resource resource(String root, String kind) {
        String key = root + " " + kind;
        if (!resources.containsKey(key)) {
            Awaitility.await("the kind " + key)
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .untilAsserted(() -> resources.put(key, discover(root, kind).orElseThrow()));
        }
        return resources.getOrDefault(key, new Resource("", false));
    }

    private Optional<Resource> discover(String root, String kind) {
        for (Object each : (Iterable<?>) required(get(root), "resources")) {
            Map<?, ?> resource = (Map<?, ?>) each;
            String plural = (String) required(resource, "name");
            if (kind.equals(resource.get("kind")) && !plural.contains("/")) {
                return Optional.of(new Resource(plural, Boolean.TRUE.equals(resource.get("namespaced"))));
            }
        }
        return Optional.empty();
    }

    private static SSLContext trusting(String authority) {
        try {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
