package io.weft.hub.platform.internal;

import io.weft.hub.platform.log.LogPartitions;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks after the partitions of the log twice a day; every replica does, and the work is done once. */
@Configuration(proxyBeanMethods = false)
class LogPartitionJob {
    private static final Logger LOG = LoggerFactory.getLogger(LogPartitionJob.class);

    /** What ends with the application. */
    record Repeating(ScheduledExecutorService timer, ScheduledFuture<?> task) implements AutoCloseable {
        @Override
        public void close() {
            task.cancel(false);
            timer.shutdownNow();
        }
    }

    @Bean(destroyMethod = "close")
    Repeating logPartitions(@Qualifier("jobs") DataSource jobs, InstantSource clock) {
        LogPartitions partitions = new LogPartitions(jobs);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("log-partitions").factory());
        Runnable task = () -> {
            try {
                partitions.maintain(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            } catch (RuntimeException later) {
                LOG.warn("the log's partitions are looked after later: {}", later.getMessage());
            }
        };
        return new Repeating(timer, timer.scheduleWithFixedDelay(task, 1, 12 * 60, TimeUnit.MINUTES));
    }
}
