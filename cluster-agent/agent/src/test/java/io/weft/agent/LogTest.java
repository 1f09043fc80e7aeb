package io.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTest {
    /** At debug, gRPC's transport logs the first bytes of each frame: a join token is among them. */
    @Test
    void whatGoesOverTheLinkIsNotLogged() {
        for (String library : List.of("io.grpc.netty.shaded", "io.fabric8", "io.netty", "io.vertx")) {
            assertThat(LoggerFactory.getLogger(library).isDebugEnabled())
                    .as(library)
                    .isFalse();
        }
        assertThat(LoggerFactory.getLogger(Agent.class).isInfoEnabled()).isTrue();
    }
}
