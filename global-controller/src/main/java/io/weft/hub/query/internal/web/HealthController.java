package io.weft.hub.query.internal.web;

import io.weft.hub.world.Replicas;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a prober asks, without a credential; so the answers name no tenant. A hub that lost its database is healthy, as a
 * restart would only end the agents' streams, but not ready.
 */
@RestController
class HealthController {
    private static final int PATIENCE_SECONDS = 2;
    private static final Duration MAY_LAG = Duration.ofSeconds(10);

    private final DataSource database;
    private final Replicas replicas;

    HealthController(DataSource database, Replicas replicas) {
        this.database = database;
        this.replicas = replicas;
    }

    @GetMapping("/healthz")
    ResponseEntity<String> alive() {
        return answer(HttpStatus.OK, "alive");
    }

    @GetMapping("/readyz")
    ResponseEntity<String> ready() {
        if (!reachable()) return answer(HttpStatus.SERVICE_UNAVAILABLE, "database: not reachable");
        int behind = replicas.behind(MAY_LAG);
        if (behind > 0) return answer(HttpStatus.SERVICE_UNAVAILABLE, "tenants not replayed to the end: " + behind);
        return answer(HttpStatus.OK, "ready");
    }

    private boolean reachable() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static ResponseEntity<String> answer(HttpStatus status, String text) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text + "\n");
    }
}
