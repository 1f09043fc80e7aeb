package io.weft.it.simulation;

import com.google.protobuf.Message;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.HubMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One stream between an agent and a replica. In order in each direction, late at will; it may break, with both ends told
 * at some time, or hang half-open, with nobody told.
 */
final class Wire {
    /** What one end hears. */
    record End<M>(Host host, Consumer<M> message, Runnable closed) {}

    private final Scheduler scheduler;
    private final Direction<HubMessage> down;
    private final Direction<AgentMessage> up;
    private boolean open = true;
    private boolean hangs;

    Wire(Scheduler scheduler, End<AgentMessage> hub, End<HubMessage> agent) {
        this.scheduler = scheduler;
        this.down = new Direction<>(agent, hub.host());
        this.up = new Direction<>(hub, agent.host());
    }

    /** @param taken called at the sender once the receiver has read it */
    void toAgent(HubMessage message, Runnable taken) {
        down.send(message, taken);
    }

    void toHub(AgentMessage message) {
        up.send(message, () -> {});
    }

    boolean open() {
        return open;
    }

    /** Nothing passes any more and nobody is told. */
    void hang() {
        hangs = true;
    }

    /** A slow agent takes this much longer for each message. */
    void slowAgent(Duration each) {
        down.slowness = each;
    }

    /** So does a slow replica. */
    void slowHub(Duration each) {
        up.slowness = each;
    }

    /** What was sent already may still arrive before the end does, or not. */
    void breakNow() {
        if (!open) return;
        open = false;
        if (hangs) return;
        down.close(scheduler.random().nextBoolean());
        up.close(scheduler.random().nextBoolean());
    }

    private final class Direction<M extends Message> {
        private final End<M> receiver;
        private final Host sender;
        private Instant last = Instant.MIN;
        private Duration slowness = Duration.ZERO;
        private boolean cut;

        Direction(End<M> receiver, Host sender) {
            this.receiver = receiver;
            this.sender = sender;
        }

        void send(M message, Runnable taken) {
            if (!open || hangs) return;
            scheduler.trace().add(message.toByteArray());
            int senderLife = sender.life();
            scheduler.after(next(), receiver.host(), () -> {
                if (cut || hangs) return;
                receiver.message().accept(message);
                if (sender.life() == senderLife) scheduler.after(scheduler.anyDelay(3), sender, taken);
            });
        }

        void close(boolean losesTheRest) {
            cut = losesTheRest;
            scheduler.after(next(), receiver.host(), receiver.closed());
        }

        private Duration next() {
            Instant arrival = scheduler.instant().plus(slowness).plus(delay());
            if (arrival.isBefore(last)) arrival = last;
            last = arrival;
            return Duration.between(scheduler.instant(), arrival);
        }

        private Duration delay() {
            return scheduler.random().nextInt(20) == 0 ? scheduler.anyDelay(2_000) : scheduler.anyDelay(10);
        }
    }
}
