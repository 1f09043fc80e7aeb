package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ApiProblem.Cause;
import io.weft.fleet.cluster.StoredObject.Id;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of service accounts, signed as the real ones are, and the one of the administrator. */
final class Accounts {
    private static final String AUDIENCE = "https://kubernetes.default.svc";
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final ResourceKind ACCOUNT =
            ResourceKinds.ofPlural("", "v1", "serviceaccounts").orElseThrow();

    private final ObjectStore store;
    private final ClusterKeys keys;
    private final InstantSource clock;

    Accounts(ObjectStore store, ClusterKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** @param header of the request; empty when there is none */
    Caller caller(String header) {
        if (header.isEmpty()) return Caller.NOBODY;
        if (!header.startsWith("Bearer ")) throw ApiProblem.unauthorized();
        String token = header.substring("Bearer ".length()).strip();
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(bytes, keys.adminToken().getBytes(StandardCharsets.UTF_8))) {
            return Caller.ADMINISTRATOR;
        }
        try {
            return account(token);
        } catch (GeneralSecurityException | JacksonException | IllegalArgumentException notOurs) {
            // What is wrong with it is not for who sent it.
        }
        throw ApiProblem.unauthorized();
    }

    private Caller account(String token) throws GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) throw new IllegalArgumentException("not a token");
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(keys.accounts().getCertificate());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        boolean signed = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
        boolean young = clock.instant().getEpochSecond() < claims.path("exp").asLong(0);
        boolean here = claims.path("aud")
                .valueStream()
                .anyMatch(each -> each.asString("").equals(AUDIENCE));
        JsonNode kubernetes = claims.path("kubernetes.io");
        String namespace = kubernetes.path("namespace").asString("");
        JsonNode account = kubernetes.path("serviceaccount");
        String name = account.path("name").asString("");
        boolean there = store.get(new Id(ACCOUNT, namespace, name))
                .filter(object -> object.uid().equals(account.path("uid").asString("")))
                .isPresent();
        if (!signed || !young || !here || !there) throw new IllegalArgumentException("not a token of ours");
        return Caller.account(namespace, name);
    }

    /** Answers a TokenRequest. */
    ObjectNode request(String namespace, String name, JsonNode body) {
        JsonNode spec = body.path("spec");
        List<String> audiences = spec.path("audiences").isEmpty()
                ? List.of(AUDIENCE)
                : spec.path("audiences")
                        .valueStream()
                        .map(each -> each.asString(""))
                        .toList();
        long seconds = spec.path("expirationSeconds").asLong(3600);
        if (seconds < SHORTEST.toSeconds()) {
            ResourceKind kind = new ResourceKind(
                    "authentication.k8s.io", "v1", "TokenRequest", "", true, false, false, Shape.ANYTHING);
            String message = "Invalid value: " + seconds + ": may not specify a duration less than 10 minutes";
            throw ApiProblem.invalid(
                    kind, "", List.of(new Cause("FieldValueInvalid", message, "spec.expirationSeconds")));
        }
        Instant end = clock.instant().plusSeconds(seconds);
        String token = token(namespace, name, audiences, end);
        ObjectNode answer = Fields.none().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        answer.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode asked = answer.putObject("spec");
        audiences.forEach(asked.putArray("audiences")::add);
        asked.put("expirationSeconds", seconds).putNull("boundObjectRef");
        answer.putObject("status").put("token", token).put("expirationTimestamp", ManagedFields.seconds(end));
        return answer;
    }

    private String token(String namespace, String name, List<String> audiences, Instant end) {
        StoredObject account =
                store.get(new Id(ACCOUNT, namespace, name)).orElseThrow(() -> ApiProblem.notFound(ACCOUNT, name));
        ObjectNode claims = Fields.none();
        audiences.forEach(claims.putArray("aud")::add);
        claims.put("exp", end.getEpochSecond()).put("iat", clock.instant().getEpochSecond());
        claims.put("iss", AUDIENCE).put("jti", UUID.randomUUID().toString());
        ObjectNode kubernetes = claims.putObject("kubernetes.io").put("namespace", namespace);
        kubernetes.putObject("serviceaccount").put("name", name).put("uid", account.uid());
        claims.put("nbf", clock.instant().getEpochSecond());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + name);
        return signed(encoded("{\"alg\":\"ES256\"}") + "." + encoded(claims.toString()));
    }

    private String signed(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.accounts().getPrivateKey());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
