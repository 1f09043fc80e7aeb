package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.HubMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Feeds a hub's session and remembers the effects of the last event. */
final class HubDriver {
    final HubSession session = new HubSession(Samples.HUB, Samples.UID, Samples.LIMITS);
    Instant now = Samples.START;
    List<HubEffect> effects = List.of();

    HubDriver() {
        on(new HubEvent.Opened(now));
    }

    /** A session that was welcomed and asks for its first bundle. */
    static HubDriver established(Held agent, Place replica) {
        HubDriver hub = new HubDriver();
        hub.receive(Samples.hello(agent));
        hub.on(new HubEvent.CaughtUp(hub.now, replica, HubEvent.History.SAME));
        hub.on(new HubEvent.EpochOpened(hub.now, 7));
        return hub;
    }

    HubDriver on(HubEvent event) {
        effects = session.on(event);
        return this;
    }

    HubDriver receive(AgentMessage message) {
        return on(new HubEvent.Received(now, message));
    }

    HubDriver compiled(Target target) {
        return on(new HubEvent.Compiled(now, target));
    }

    HubDriver intentsCommitted() {
        return on(new HubEvent.IntentsCommitted(now));
    }

    HubDriver ackCommitted() {
        return on(new HubEvent.AckCommitted(now));
    }

    HubDriver changed() {
        return on(new HubEvent.BundleChanged(now));
    }

    HubDriver applied(Target target) {
        return receive(Messages.applied(target.version()));
    }

    HubDriver after(Duration passed) {
        now = now.plus(passed);
        return on(new HubEvent.Tick(now));
    }

    /** Sends everything, as a transport without limits would. */
    List<HubMessage> drain() {
        List<HubMessage> all = new ArrayList<>(sent());
        while (effects.stream().anyMatch(e -> e instanceof HubEffect.Send send && send.isChunk())) {
            long chunks = effects.stream()
                    .filter(e -> e instanceof HubEffect.Send send && send.isChunk())
                    .count();
            List<HubEffect> next = new ArrayList<>();
            for (int i = 0; i < chunks; i++) next.addAll(session.on(new HubEvent.Sent(now)));
            effects = next;
            all.addAll(sent());
        }
        return all;
    }

    List<HubMessage> sent() {
        return of(HubEffect.Send.class).stream().map(HubEffect.Send::message).toList();
    }

    <E extends HubEffect> List<E> of(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
