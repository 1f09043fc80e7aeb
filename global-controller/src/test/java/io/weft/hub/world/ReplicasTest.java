package io.weft.hub.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.platform.log.MemoryLogStore;
import io.weft.hub.platform.log.StoreFaults.Fault;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Duration LAG = Duration.ofSeconds(10);

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;

    private MemoryLogStore store() {
        return new MemoryLogStore("hub", clock, any -> Fault.NONE);
    }

    @Test
    void aTenantWhoseHeadCannotBeReadIsBehindUntilItCanBe() {
        MemoryLogStore store = store();
        store.create(ACME);
        SwitchedStore switched = new SwitchedStore(store);
        Replicas replicas = new Replicas(switched, Runnable::run, clock);
        replicas.of(ACME);

        switched.to(store());
        now = now.plusSeconds(11);
        replicas.poll();
        assertThat(replicas.behind(LAG)).isEqualTo(1);

        switched.to(store);
        replicas.poll();
        assertThat(replicas.behind(LAG)).isZero();
    }
}
