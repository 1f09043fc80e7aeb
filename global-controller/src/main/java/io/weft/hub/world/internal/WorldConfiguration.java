package io.weft.hub.world.internal;

import io.weft.hub.platform.log.LogStore;
import io.weft.hub.world.Replicas;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hints move replicas at once; a poll every second finds what hints missed. */
@Configuration(proxyBeanMethods = false)
class WorldConfiguration {
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** What ends with the application. */
    record Following(AutoCloseable hints, ScheduledExecutorService timer, ScheduledFuture<?> poll)
            implements AutoCloseable {
        @Override
        public void close() throws Exception {
            poll.cancel(false);
            timer.shutdownNow();
            hints.close();
        }
    }

    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService replayThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("replay-", 0).factory());
    }

    @Bean
    Replicas replicas(
            LogStore logs,
            @org.springframework.beans.factory.annotation.Qualifier("replayThreads") ExecutorService replayThreads,
            InstantSource clock) {
        return new Replicas(logs, replayThreads, clock);
    }

    @Bean(destroyMethod = "close")
    Following following(LogStore logs, Replicas replicas) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("poll-heads").factory());
        ScheduledFuture<?> poll = timer.scheduleWithFixedDelay(
                () -> {
                    replicas.poll();
                    replicas.dropIdle(IDLE);
                },
                1,
                1,
                TimeUnit.SECONDS);
        return new Following(logs.listen(replicas), timer, poll);
    }
}
