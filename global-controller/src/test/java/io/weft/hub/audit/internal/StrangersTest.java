package io.weft.hub.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrangersTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Strangers.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final Strangers strangers = new Strangers(meters, () -> now);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void manyInAShortTimeAreOneLineAndAllAreCounted() {
        for (int i = 0; i < 1_000; i++) strangers.note("GET /api/v1/me", "192.0.2.7", "token: unknown");

        assertThat(lines())
                .containsExactly("refused to somebody of no tenant: GET /api/v1/me from 192.0.2.7: token: unknown"
                        + " (1 since the last such line)");
        now = now.plus(Duration.ofSeconds(10));
        strangers.note("handshake", "", "certificate: of nobody's authority");

        assertThat(lines()).hasSize(2).last().asString().endsWith("(1000 since the last such line)");
        assertThat(meters.get("weft.refused.strangers").counter().count()).isEqualTo(1_001);
    }

    @Test
    void whatAStrangerChoseStaysOneShortLine() {
        strangers.note("GET /a\nINFO all is well", "", "name: spiffe://x\r\u2028\u202e" + "y".repeat(10_000));

        assertThat(lines().getFirst())
                .contains("GET /a?INFO all is well", "spiffe://x???yy")
                .hasSizeLessThan(400);
    }
}
