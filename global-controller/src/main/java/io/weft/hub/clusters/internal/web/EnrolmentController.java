package io.weft.hub.clusters.internal.web;

import io.weft.hub.access.TenantCaller;
import io.weft.hub.clusters.ClusterEnrolment;
import io.weft.hub.clusters.ClusterEnrolment.JoinToken;
import io.weft.hub.platform.web.Body;
import io.weft.hub.platform.web.JsonBody;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code validSeconds} in the body says how long a join token may be used: 60 to 604800, 3600 if not given. */
@RestController
class EnrolmentController {
    record Revoked(ClusterName cluster, Instant revokedAt) {}

    private static final String CLUSTER = "/api/v1/tenants/{tenant}/clusters/{name}";
    private static final String YAML = "application/yaml";
    private static final int LONGEST_REASON = 500;

    private final ClusterEnrolment enrolment;

    EnrolmentController(ClusterEnrolment enrolment) {
        this.enrolment = enrolment;
    }

    @PostMapping(CLUSTER + "/join-token")
    ResponseEntity<JoinToken> joinToken(TenantCaller caller, @PathVariable String name, Body body) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(enrolment.joinToken(caller, cluster(name), validity(body)));
    }

    /** Makes a join token and answers the manifest that has it. */
    @PostMapping(CLUSTER + "/manifest")
    ResponseEntity<String> newManifest(TenantCaller caller, @PathVariable String name, Body body) {
        JoinToken token = enrolment.joinToken(caller, cluster(name), validity(body));
        return yaml(HttpStatus.CREATED, enrolment.manifest(caller, cluster(name), token.token()));
    }

    /** The manifest with a token made before, given as {@code token}. */
    @GetMapping(CLUSTER + "/manifest")
    ResponseEntity<String> manifest(
            TenantCaller caller, @PathVariable String name, @RequestParam(required = false) @Nullable String token) {
        if (token == null || !token.matches("weftjoin_[a-z0-9-]+_[a-z0-9-]+_[0-9A-Za-z_-]{43}")) {
            throw PageRequest.wrong("token", "missing or malformed", "a join token of this cluster", null);
        }
        return yaml(HttpStatus.OK, enrolment.manifest(caller, cluster(name), token));
    }

    @PostMapping(CLUSTER + "/revoke")
    Revoked revoke(TenantCaller caller, @PathVariable String name, Body body) {
        String reason = "";
        if (!body.documents().isEmpty()) {
            JsonBody fields = new JsonBody(body.json(), Set.of("reason"));
            Optional<String> given =
                    fields.text("reason", "up to 500 characters", text -> text.length() > LONGEST_REASON ? null : text);
            fields.check();
            reason = given.orElse("");
        }
        ClusterName cluster = cluster(name);
        return new Revoked(cluster, enrolment.revoke(caller, cluster, reason));
    }

    private static Duration validity(Body body) {
        if (body.documents().isEmpty()) return ClusterEnrolment.DEFAULT_VALIDITY;
        JsonBody fields = new JsonBody(body.json(), Set.of("validSeconds"));
        Optional<Long> seconds = fields.number("validSeconds", 60, ClusterEnrolment.LONGEST_VALIDITY.toSeconds());
        fields.check();
        return seconds.map(Duration::ofSeconds).orElse(ClusterEnrolment.DEFAULT_VALIDITY);
    }

    private static ResponseEntity<String> yaml(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(YAML + ";charset=UTF-8"))
                .cacheControl(CacheControl.noStore())
                .body(text);
    }

    private static ClusterName cluster(String name) {
        try {
            return new ClusterName(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
    }
}
