package io.weft.agent;

import static io.weft.agent.Samples.desired;
import static io.weft.agent.Samples.key;
import static io.weft.agent.Samples.put;
import static io.weft.agent.Samples.route;
import static io.weft.agent.Samples.transfer;
import static io.weft.agent.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.agent.apply.Enforcement;
import io.weft.agent.apply.InMemoryCluster;
import io.weft.agent.apply.ObjectFailure;
import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.agent.apply.Ownership;
import io.weft.agent.memory.Memory;
import io.weft.agent.memory.StoredBundle;
import io.weft.agent.memory.VolatileMemory;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.Digest;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Welcome;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AgentCoreTest {
    private static final ObjectNode CART = route("cart", "cart.example");
    private static final Digest WITH_CART = version(List.of(desired(CART, 3)));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemoryCluster cluster = new InMemoryCluster();
    private final VolatileMemory memory = new VolatileMemory();

    /** A stream whose other end is the test. */
    private static final class Wire implements AgentCore.Outbound {
        final List<AgentMessage> sent = new ArrayList<>();
        AgentEffect.@Nullable End end;

        @Override
        public void send(AgentMessage message) {
            sent.add(message);
        }

        @Override
        public void end(AgentEffect.End how) {
            end = how;
        }

        AgentMessage last() {
            return sent.getLast();
        }
    }

    private AgentCore core(Memory remembering) {
        var who = new AgentIdentity("uid", Samples.HUB, "1", "instance", List.of());
        var enforcement = new Enforcement(cluster, new Ownership(Samples.HUB), () -> now);
        var parts =
                new AgentCore.Parts(who, SessionLimits.DEFAULT, remembering, enforcement, Inventory.NONE, () -> now);
        AgentCore core = new AgentCore(parts, Runnable::run, Runnable::run, AgentCore.Listener.NONE);
        core.start();
        return core;
    }

    private static Wire welcomed(AgentCore core) {
        Wire wire = new Wire();
        core.connected(wire);
        core.received(HubMessage.newBuilder()
                .setWelcome(
                        Welcome.newBuilder().setEpoch(1).setHubId(Samples.HUB).setIncarnation(1))
                .build());
        return wire;
    }

    private static HubMessage withCart() {
        return transfer(7, Digest.NONE, WITH_CART, List.of(put(CART, 3)), List.of());
    }

    @Test
    void aBundleIsSavedAppliedAndAcknowledged() {
        AgentCore core = core(memory);
        Wire wire = welcomed(core);

        core.received(withCart());

        assertThat(wire.last().getApplied().getVersion()).isEqualTo(WITH_CART.bytes());
        assertThat(wire.last().getApplied().getPosition()).isEqualTo(7);
        assertThat(cluster.objects()).containsOnlyKeys(key("VirtualService", "cart"));
        assertThat(memory.load().version()).isEqualTo(WITH_CART);
    }

    @Test
    void aBundleThatCannotBeSavedIsNotApplied() {
        AgentCore core = core(new Memory() {
            @Override
            public StoredBundle load() {
                return StoredBundle.NOTHING;
            }

            @Override
            public void save(StoredBundle bundle) throws IOException {
                throw new IOException("full");
            }
        });
        Wire wire = welcomed(core);

        core.received(withCart());

        assertThat(cluster.objects()).isEmpty();
        assertThat(wire.end).isNotNull();
    }

    @Test
    void aRefusalIsSaidAndWithdrawnWhenALaterTryWorks() {
        cluster.refuse(key -> Optional.of(new ObjectFailure(Cause.INVALID, "no")));
        AgentCore core = core(memory);
        Wire wire = welcomed(core);
        core.received(withCart());
        assertThat(wire.last().getRefused().getObjectsList()).hasSize(1);

        cluster.refuse(key -> Optional.empty());
        now = now.plusSeconds(2);
        core.tick();

        assertThat(wire.last().hasApplied()).isTrue();
    }

    @Test
    void whileNobodyKnowsWhetherABundleWasSavedDriftIsNotCorrectedToTheOneBefore() {
        boolean[] lost = new boolean[1];
        AgentCore core = core(new Memory() {
            @Override
            public StoredBundle load() {
                return memory.load();
            }

            @Override
            public void save(StoredBundle bundle) throws IOException {
                memory.save(bundle);
                if (lost[0]) throw new IOException("the answer was lost");
            }
        });
        Wire wire = welcomed(core);
        core.received(withCart());
        lost[0] = true;
        ObjectNode other = route("other", "other.example");
        core.received(transfer(
                8,
                WITH_CART,
                version(List.of(desired(other, 3))),
                List.of(put(other, 3)),
                List.of(key("VirtualService", "cart"))));
        assertThat(wire.end).isNotNull();
        cluster.remove(key("VirtualService", "cart"));

        core.suspect(List.of(key("VirtualService", "cart")));

        assertThat(cluster.objects()).containsOnlyKeys(key("VirtualService", "other"));
    }

    @Test
    void aRestartedAgentCorrectsDriftWithoutAHub() {
        AgentCore first = core(memory);
        welcomed(first);
        first.received(withCart());
        cluster.remove(key("VirtualService", "cart"));

        core(memory);

        assertThat(cluster.objects()).containsKey(key("VirtualService", "cart"));
    }

    @Test
    void aRestartedAgentSaysWhatItHolds() {
        AgentCore first = core(memory);
        welcomed(first);
        first.received(withCart());

        Wire wire = welcomed(core(memory));

        assertThat(wire.sent.getFirst().getHello().getPosition()).isEqualTo(7);
        assertThat(wire.sent.getFirst().getHello().getBundleVersion()).isEqualTo(WITH_CART.bytes());
    }

    @Test
    void aLowerPositionIsNotTaken() {
        AgentCore core = core(memory);
        Wire wire = welcomed(core);
        core.received(withCart());

        Digest nothing = version(List.of());
        core.received(transfer(6, WITH_CART, nothing, List.of(), List.of(key("VirtualService", "cart"))));

        assertThat(cluster.objects()).isNotEmpty();
        assertThat(wire.end).isNotNull().extracting(AgentEffect.End::code).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void afterAWrongVersionTheNextBundleComesWhole() {
        AgentCore core = core(memory);
        welcomed(core);
        core.received(withCart());
        core.received(transfer(8, WITH_CART, Digest.ofHex("ab".repeat(32)), List.of(), List.of()));

        Wire next = welcomed(core);
        ObjectNode other = route("other", "other.example");
        core.received(transfer(9, Digest.NONE, version(List.of(desired(other, 3))), List.of(put(other, 3)), List.of()));

        assertThat(next.sent.getFirst().getHello().getBundleVersion().isEmpty()).isTrue();
        assertThat(next.last().hasApplied()).isTrue();
        assertThat(cluster.objects()).containsOnlyKeys(key("VirtualService", "other"));
    }

    @Test
    void anAnswerToAnEarlierSessionDoesNotReachTheNext() {
        List<Runnable> later = new ArrayList<>();
        var who = new AgentIdentity("uid", Samples.HUB, "1", "instance", List.of());
        var enforcement = new Enforcement(cluster, new Ownership(Samples.HUB), () -> now);
        var parts = new AgentCore.Parts(who, SessionLimits.DEFAULT, memory, enforcement, Inventory.NONE, () -> now);
        AgentCore core = new AgentCore(parts, Runnable::run, later::add, AgentCore.Listener.NONE);
        core.start();
        run(later);
        Wire first = new Wire();
        core.connected(first);
        run(later);
        core.received(HubMessage.newBuilder()
                .setWelcome(
                        Welcome.newBuilder().setEpoch(1).setHubId(Samples.HUB).setIncarnation(1))
                .build());
        core.received(withCart());

        Wire second = new Wire();
        core.connected(second); // while the bundle of the first is still being verified
        run(later);

        assertThat(second.sent).hasSize(1);
        assertThat(second.sent.getFirst().hasHello()).isTrue();
        assertThat(second.end).isNull();
    }

    private static void run(List<Runnable> later) {
        while (!later.isEmpty()) later.removeFirst().run();
    }
}
