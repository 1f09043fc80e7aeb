package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Applied;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.Pong;
import io.weft.protocol.v1.Refused;
import io.weft.protocol.v1.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's end of one session. Takes a bundle only when every object and the whole are what their hashes say and its
 * place is not lower than what was persisted; persists it before it is applied. Not thread-safe: one caller at a time.
 */
public final class AgentSession {
    private final AgentIdentity identity;
    private final SessionLimits limits;
    private final Assembly assembly;
    private final Reporting reporting;

    private Phase phase = Phase.OPENING;
    private Held held;
    private Step step = Step.NONE;
    private @Nullable Transfer transfer;

    /** Came between hello and welcome; said after it, for the hello did not know it. */
    private AgentMessage.@Nullable Builder early;

    private Instant heard = Instant.EPOCH;
    private Duration silence;

    private enum Phase {
        OPENING,
        GREETED,
        ESTABLISHED,
        ENDED
    }

    /** What a transfer that came whole waits for. */
    private enum Step {
        NONE,
        VERIFYING,
        PERSISTING,
        APPLYING
    }

    /** @param held what is on disk now */
    public AgentSession(AgentIdentity identity, Held held, SessionLimits limits) {
        this.identity = identity;
        this.held = held;
        this.limits = limits;
        this.silence = limits.silence();
        this.assembly = new Assembly(limits);
        this.reporting = new Reporting(limits);
    }

    /** What is to be done about the event, in order. Never throws for what the hub says. */
    public List<AgentEffect> on(AgentEvent event) {
        List<AgentEffect> out = new ArrayList<>();
        if (phase == Phase.ENDED) return out;
        try {
            handle(event, out);
        } catch (Violation violation) {
            end(GoodbyeCode.GOODBYE_CODE_PROTOCOL, violation.reason(), out);
        }
        return List.copyOf(out);
    }

    public boolean ended() {
        return phase == Phase.ENDED;
    }

    /** What is on disk, as this session knows it. */
    public Held held() {
        return held;
    }

    private void handle(AgentEvent event, List<AgentEffect> out) throws Violation {
        switch (event) {
            case AgentEvent.Connected e -> {
                heard = e.at();
                phase = Phase.GREETED;
                send(AgentMessage.newBuilder().setHello(identity.hello(held, e.reports())), out);
            }
            case AgentEvent.Received e -> {
                heard = e.at();
                received(e.message(), out);
            }
            case AgentEvent.Tick e -> {
                if (phase != Phase.OPENING && Duration.between(heard, e.at()).compareTo(silence) >= 0) {
                    end(GoodbyeCode.GOODBYE_CODE_SILENT, "no sign of life", out);
                }
            }
            case AgentEvent.Verified e -> persist(out);
            case AgentEvent.VersionDiffers e -> versionDiffers(e.found());
            case AgentEvent.Persisted e -> apply(out);
            case AgentEvent.PersistFailed e -> {
                if (step == Step.PERSISTING) end(GoodbyeCode.GOODBYE_CODE_UNAVAILABLE, e.reason(), out);
            }
            case AgentEvent.Outcome e -> outcome(e, out);
            case AgentEvent.Observed e -> reporting.observed(e, phase == Phase.ESTABLISHED, out);
            case AgentEvent.Listed e -> reporting.listed(e, phase == Phase.ESTABLISHED, out);
            case AgentEvent.LiveRead e ->
                whenEstablished(AgentMessage.newBuilder().setLive(e.live()), out);
            case AgentEvent.DriftFound e ->
                whenEstablished(AgentMessage.newBuilder().setDrift(e.drift()), out);
        }
    }

    private void received(HubMessage message, List<AgentEffect> out) throws Violation {
        switch (message.getContentCase()) {
            case CONTENT_NOT_SET -> {} // said by a newer hub: nothing that this version needs
            case GOODBYE -> {
                var bye = message.getGoodbye();
                phase = Phase.ENDED;
                out.add(new AgentEffect.End(
                        bye.getCode(), bye.getReason(), bye.getRetryAfterMillis(), bye.getRedirect()));
            }
            case PING ->
                send(
                        AgentMessage.newBuilder()
                                .setPong(Pong.newBuilder()
                                        .setNumber(message.getPing().getNumber())),
                        out);
            case WELCOME -> welcome(message.getWelcome(), out);
            case SEND_HASHES -> {
                established("a question for hashes");
                Hashes.of(held.objects(), limits.chunkBytes()).forEach(part -> send(part, out));
            }
            case BUNDLE_CHUNK -> {
                established("a bundle");
                Transfer whole = assembly.add(message.getBundleChunk());
                if (whole != null) take(whole, out);
            }
            case SEND_SNAPSHOT -> {
                established("a question for snapshots");
                reporting.asked(message.getSendSnapshot().getKindsList(), out);
            }
        }
    }

    private void established(String what) throws Violation {
        if (phase != Phase.ESTABLISHED) throw new Violation(what + " before the welcome");
    }

    private void welcome(Welcome welcome, List<AgentEffect> out) throws Violation {
        if (phase != Phase.GREETED) throw new Violation("a welcome out of place");
        if (!welcome.getHubId().equals(identity.hubId())) {
            throw new Violation("hub_id: " + welcome.getHubId() + " (expected: " + identity.hubId() + ")");
        }
        if (welcome.getIncarnation() < held.place().incarnation()) {
            throw new Violation("incarnation: " + welcome.getIncarnation() + " (expected: at least "
                    + held.place().incarnation() + ")");
        }
        int silenceMillis = welcome.getSettings().getSilenceLimitMillis();
        if (silenceMillis > 0) silence = Duration.ofMillis(Math.max(1_000, silenceMillis));
        phase = Phase.ESTABLISHED;
        out.add(new AgentEffect.Welcomed(welcome.getEpoch(), welcome.getHubId(), welcome.getIncarnation()));
        reporting.welcomed(out);
        if (early != null) send(early, out);
        early = null;
    }

    private void take(Transfer whole, List<AgentEffect> out) throws Violation {
        if (step != Step.NONE) throw new Violation("a bundle while another is being applied");
        if (whole.place().isBefore(held.place())) {
            throw new Violation("place: " + whole.place() + " (expected: at least " + held.place() + ")");
        }
        if (!whole.from().equals(held.version())) {
            throw new Violation("from_version: " + whole.from() + " (expected: " + held.version() + ")");
        }
        transfer = whole;
        step = Step.VERIFYING;
        out.add(new AgentEffect.Verify(whole));
    }

    private void persist(List<AgentEffect> out) {
        if (step != Step.VERIFYING) return;
        step = Step.PERSISTING;
        out.add(new AgentEffect.Persist(current()));
    }

    private void versionDiffers(Digest found) throws Violation {
        if (step == Step.VERIFYING) {
            throw new Violation(
                    "version: " + current().version() + " (expected: " + found + ", of the objects as held)");
        }
    }

    private void apply(List<AgentEffect> out) {
        if (step != Step.PERSISTING) return;
        held = Assembly.after(held, current());
        step = Step.APPLYING;
        out.add(new AgentEffect.Apply(current()));
    }

    private void outcome(AgentEvent.Outcome e, List<AgentEffect> out) {
        if (!e.version().equals(held.version())) return; // of a bundle that was replaced meanwhile
        if (step == Step.APPLYING) {
            step = Step.NONE;
            transfer = null;
        }
        boolean whole = e.refusals().isEmpty();
        HeldState state = whole ? HeldState.HELD_STATE_APPLIED : HeldState.HELD_STATE_REFUSED;
        held = new Held(held.place(), held.positionHash(), held.version(), state, e.refusals(), held.objects());
        AgentMessage.Builder message = whole ? applied(e.tally()) : refused(e.refusals());
        if (phase == Phase.ESTABLISHED) send(message, out);
        else if (phase == Phase.GREETED) early = message;
    }

    private AgentMessage.Builder applied(AgentEvent.Tally tally) {
        return AgentMessage.newBuilder()
                .setApplied(Applied.newBuilder()
                        .setVersion(held.version().bytes())
                        .setIncarnation(held.place().incarnation())
                        .setPosition(held.place().position())
                        .setWritten(tally.written())
                        .setDeleted(tally.deleted())
                        .setUnchanged(tally.unchanged()));
    }

    private AgentMessage.Builder refused(List<ObjectRefusal> refusals) {
        return AgentMessage.newBuilder()
                .setRefused(Refused.newBuilder()
                        .setVersion(held.version().bytes())
                        .setIncarnation(held.place().incarnation())
                        .setPosition(held.place().position())
                        .addAllObjects(refusals));
    }

    private void whenEstablished(AgentMessage.Builder message, List<AgentEffect> out) {
        if (phase == Phase.ESTABLISHED) send(message, out);
    }

    private void end(GoodbyeCode code, String reason, List<AgentEffect> out) {
        phase = Phase.ENDED;
        out.add(new AgentEffect.End(code, reason, 0, ""));
    }

    private Transfer current() {
        if (transfer == null) throw new IllegalStateException("no transfer in hand");
        return transfer;
    }

    private static void send(AgentMessage.Builder message, List<AgentEffect> out) {
        out.add(new AgentEffect.Send(message.build()));
    }
}
