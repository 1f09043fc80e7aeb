package io.weft.it.real;

import io.grpc.stub.StreamObserver;
import io.weft.protocol.HubEffect;
import io.weft.protocol.HubEvent;
import io.weft.protocol.HubSession;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One agent's stream at a {@link ScriptedHub}; whatever the session wants done is done at once. */
final class ScriptedSession implements StreamObserver<AgentMessage> {
    private static final Set<ReportKind> KINDS =
            EnumSet.complementOf(EnumSet.of(ReportKind.UNRECOGNIZED, ReportKind.REPORT_KIND_UNSPECIFIED));

    private final ScriptedHub hub;
    private final StreamObserver<HubMessage> agent;
    private final Deque<HubEvent> events = new ArrayDeque<>();
    private @Nullable HubSession session;
    private volatile boolean welcomed;

    ScriptedSession(ScriptedHub hub, StreamObserver<HubMessage> agent) {
        this.hub = hub;
        this.agent = agent;
    }

    boolean welcomed() {
        return welcomed;
    }

    void tick() {
        on(new HubEvent.Tick(Instant.now()));
    }

    void bundleChanged() {
        on(new HubEvent.BundleChanged(Instant.now()));
    }

    @Override
    public void onNext(AgentMessage message) {
        if (message.hasHello()) {
            hub.capabilities(message.getHello().getCapabilitiesList());
            begin(message.getHello().getClusterUid());
        }
        on(new HubEvent.Received(Instant.now(), message));
    }

    private synchronized void begin(String clusterUid) {
        session = new HubSession(ScriptedHub.HUB_ID, clusterUid, SessionLimits.DEFAULT);
        on(new HubEvent.Opened(Instant.now()));
    }

    /** What an effect makes happen is told after the effects beside it: chunks would overtake each other. */
    private synchronized void on(HubEvent event) {
        if (session == null) return;
        events.add(event);
        if (events.size() > 1) return;
        while (!events.isEmpty()) {
            session.on(events.getFirst()).forEach(this::effect);
            events.removeFirst();
        }
    }

    private void effect(HubEffect effect) {
        Instant now = Instant.now();
        switch (effect) {
            case HubEffect.Send send -> {
                agent.onNext(send.message());
                if (send.isChunk()) on(new HubEvent.Sent(now));
            }
            case HubEffect.CatchUp e ->
                on(new HubEvent.CaughtUp(now, hub.target().place(), HubEvent.History.UNKNOWN));
            case HubEffect.OpenEpoch e -> {
                welcomed = true;
                on(new HubEvent.EpochOpened(now, 1));
            }
            case HubEffect.Freeze e -> {}
            case HubEffect.CompareReports e -> on(new HubEvent.ReportsCompared(now, KINDS));
            case HubEffect.Compile e -> on(new HubEvent.Compiled(now, hub.target()));
            case HubEffect.CommitIntents e -> on(new HubEvent.IntentsCommitted(now));
            case HubEffect.CommitOutcome e -> {
                hub.outcome((ScriptedTarget) e.target(), e.refusals());
                on(new HubEvent.AckCommitted(now));
            }
            case HubEffect.Snapshot e -> hub.snapshot(e.kind(), e.items(), e.incompleteReason());
            case HubEffect.Change e -> hub.change(e.kind(), e.puts(), e.removals());
            case HubEffect.LiveReported e -> hub.live(e.live());
            case HubEffect.DriftReported e -> hub.drifted(e.drift().getItemsList());
            case HubEffect.End e -> {
                agent.onCompleted();
                hub.ended(this);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        hub.ended(this);
    }

    @Override
    public void onCompleted() {
        agent.onCompleted();
        hub.ended(this);
    }
}
