package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Goodbye;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.Hello;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.Ping;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.SendSnapshot;
import io.weft.protocol.v1.SessionSettings;
import io.weft.protocol.v1.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hub's end of one agent's session: handshake, signs of life, and the order of everything that is said. Bundles are
 * the business of {@link DeliverySlot}, reports of {@link ReportOrder}. Not thread-safe: one caller at a time.
 */
public final class HubSession {
    /** The version of the protocol that this end speaks; the only one so far. */
    public static final int PROTOCOL_VERSION = 1;

    private static final int RETRY_MILLIS = 1_000;
    private static final int RETRY_FROZEN_MILLIS = 10_000;

    private final String hubId;
    private final String clusterUid;
    private final SessionLimits limits;
    private final ReportOrder reports;
    private final DeliverySlot slot;

    private Phase phase = Phase.HELLO;
    private Hello hello = Hello.getDefaultInstance();
    private Place agent = Place.START;
    private Place replica = Place.START;
    private Instant opened = Instant.EPOCH;
    private Instant heard = Instant.EPOCH;
    private Instant pinged = Instant.EPOCH;
    private long pings;

    private enum Phase {
        HELLO,
        CATCHING_UP,
        OPENING,
        ESTABLISHED,
        ENDED
    }

    /**
     * @param hubId goes to the agent
     * @param clusterUid of the cluster that the certificate was issued for
     */
    public HubSession(String hubId, String clusterUid, SessionLimits limits) {
        this.hubId = hubId;
        this.clusterUid = clusterUid;
        this.limits = limits;
        this.reports = new ReportOrder(limits);
        this.slot = new DeliverySlot(limits);
    }

    /** What is to be done about the event, in order. Never throws for what the agent says. */
    public List<HubEffect> on(HubEvent event) {
        List<HubEffect> out = new ArrayList<>();
        if (phase == Phase.ENDED) return out;
        try {
            handle(event, out);
        } catch (Violation violation) {
            end(GoodbyeCode.GOODBYE_CODE_PROTOCOL, violation.reason(), RETRY_MILLIS, out);
        }
        return List.copyOf(out);
    }

    public boolean ended() {
        return phase == Phase.ENDED;
    }

    private void handle(HubEvent event, List<HubEffect> out) throws Violation {
        switch (event) {
            case HubEvent.Opened e -> {
                opened = e.at();
                heard = e.at();
                pinged = e.at();
            }
            case HubEvent.Received e -> {
                heard = e.at();
                received(e.message(), e.at(), out);
            }
            case HubEvent.Tick e -> tick(e.at(), out);
            case HubEvent.CaughtUp e -> caughtUp(e, out);
            case HubEvent.EpochOpened e -> welcome(e, out);
            case HubEvent.ReportsCompared e -> askForSnapshots(e.differing(), out);
            case HubEvent.Failed e -> end(e.code(), e.reason(), RETRY_MILLIS, out);
            case HubEvent.Sent e -> slot.sent(e.at(), out);
            case HubEvent.BundleChanged e -> {
                if (phase == Phase.ESTABLISHED) slot.changed(out);
            }
            case HubEvent.Compiled e -> slot.compiled(e.target(), e.at(), out);
            case HubEvent.IntentsCommitted e -> slot.intentsCommitted(e.at(), out);
            case HubEvent.IntentsRefused e -> slot.intentsRefused(out);
            case HubEvent.AckCommitted e -> slot.ackCommitted(out);
        }
    }

    private void received(AgentMessage message, Instant at, List<HubEffect> out) throws Violation {
        switch (message.getContentCase()) {
            case CONTENT_NOT_SET -> {} // said by a newer agent: nothing that this version needs
            case PONG -> {} // was a sign of life
            case HELLO -> hello(message.getHello(), out);
            case OBJECT_HASHES -> {
                established("hashes");
                slot.hashes(message.getObjectHashes(), at, out);
            }
            case APPLIED -> {
                established("an outcome");
                slot.outcome(digest(message.getApplied().getVersion()), List.of(), at, out);
            }
            case REFUSED -> {
                established("an outcome");
                var refused = message.getRefused();
                slot.outcome(digest(refused.getVersion()), refused.getObjectsList(), at, out);
            }
            case REPORT -> {
                established("a report");
                reports.received(message.getReport(), out);
            }
            case LIVE -> {
                established("what is live");
                out.add(new HubEffect.LiveReported(message.getLive()));
            }
            case DRIFT -> {
                established("drift");
                out.add(new HubEffect.DriftReported(message.getDrift()));
            }
        }
    }

    private void established(String what) throws Violation {
        if (phase != Phase.ESTABLISHED) throw new Violation(what + " before the welcome");
    }

    private void hello(Hello said, List<HubEffect> out) throws Violation {
        if (phase != Phase.HELLO) throw new Violation("a second hello");
        if (said.getProtocolVersion() != PROTOCOL_VERSION) {
            String reason = "protocol_version: " + said.getProtocolVersion() + " (expected: " + PROTOCOL_VERSION + ")";
            end(GoodbyeCode.GOODBYE_CODE_VERSION, reason, RETRY_FROZEN_MILLIS, out);
            return;
        }
        if (!said.getClusterUid().equals(clusterUid)) {
            String reason = "cluster_uid: " + said.getClusterUid() + " (expected: the one that the certificate is for)";
            end(GoodbyeCode.GOODBYE_CODE_IDENTITY, reason, RETRY_FROZEN_MILLIS, out);
            return;
        }
        if (said.getIncarnation() < 0 || said.getPosition() < 0) throw new Violation("a negative place");
        hello = said;
        agent = new Place(said.getIncarnation(), said.getPosition());
        slot.agentHolds(digest(said.getBundleVersion()), said.getHeldState(), said.getRefusalsList());
        phase = Phase.CATCHING_UP;
        out.add(new HubEffect.CatchUp(agent, digest(said.getPositionHash())));
    }

    /** The answer to a hello waits for this: a replica that lags must not answer an agent that has seen more. */
    private void caughtUp(HubEvent.CaughtUp e, List<HubEffect> out) {
        if (phase != Phase.CATCHING_UP) return;
        replica = e.replica();
        boolean ahead = replica.isBefore(agent);
        if (ahead || e.history() == HubEvent.History.OTHER) {
            String reason = ahead
                    ? "the cluster has seen " + agent + ", the log ends at " + replica
                    : "the cluster has seen another history up to " + agent;
            out.add(new HubEffect.Freeze(agent, reason));
            end(GoodbyeCode.GOODBYE_CODE_FROZEN, reason, RETRY_FROZEN_MILLIS, out);
            return;
        }
        phase = Phase.OPENING;
        out.add(new HubEffect.OpenEpoch(hello));
    }

    private void welcome(HubEvent.EpochOpened e, List<HubEffect> out) throws Violation {
        if (phase != Phase.OPENING) return;
        phase = Phase.ESTABLISHED;
        var settings = SessionSettings.newBuilder()
                .setPingIntervalMillis((int) limits.ping().toMillis())
                .setSilenceLimitMillis((int) limits.silence().toMillis());
        var welcome = Welcome.newBuilder()
                .setEpoch(e.epoch())
                .setHubId(hubId)
                .setIncarnation(replica.incarnation())
                .setSettings(settings);
        send(HubMessage.newBuilder().setWelcome(welcome), out);
        out.add(new HubEffect.CompareReports(reportHashes()));
        slot.changed(out);
    }

    private Map<ReportKind, Digest> reportHashes() throws Violation {
        Map<ReportKind, Digest> hashes = new EnumMap<>(ReportKind.class);
        for (KindHash kind : hello.getReportHashesList()) {
            if (ReportOrder.known(kind.getKind())) hashes.put(kind.getKind(), digest(kind.getHash()));
        }
        return hashes;
    }

    private void askForSnapshots(Set<ReportKind> kinds, List<HubEffect> out) {
        if (phase != Phase.ESTABLISHED || kinds.isEmpty()) return;
        kinds.forEach(reports::expectSnapshot);
        send(HubMessage.newBuilder().setSendSnapshot(SendSnapshot.newBuilder().addAllKinds(kinds)), out);
    }

    private void tick(Instant now, List<HubEffect> out) {
        if (phase == Phase.HELLO && passed(limits.hello(), opened, now)) {
            end(GoodbyeCode.GOODBYE_CODE_SILENT, "no hello", RETRY_MILLIS, out);
        } else if (passed(limits.silence(), heard, now)) {
            end(GoodbyeCode.GOODBYE_CODE_SILENT, "no sign of life", RETRY_MILLIS, out);
        } else if (slot.stuck(now)) {
            end(GoodbyeCode.GOODBYE_CODE_SILENT, "no progress with a bundle", RETRY_MILLIS, out);
        } else if (phase != Phase.HELLO && passed(limits.ping(), pinged, now)) {
            pinged = now;
            send(HubMessage.newBuilder().setPing(Ping.newBuilder().setNumber(++pings)), out);
        }
    }

    private static boolean passed(Duration limit, Instant since, Instant now) {
        return Duration.between(since, now).compareTo(limit) >= 0;
    }

    private void end(GoodbyeCode code, String reason, int retryMillis, List<HubEffect> out) {
        phase = Phase.ENDED;
        var goodbye = Goodbye.newBuilder().setCode(code).setReason(reason).setRetryAfterMillis(retryMillis);
        send(HubMessage.newBuilder().setGoodbye(goodbye), out);
        out.add(new HubEffect.End(code, reason));
    }

    private static void send(HubMessage.Builder message, List<HubEffect> out) {
        out.add(new HubEffect.Send(message.build()));
    }

    static Digest digest(com.google.protobuf.ByteString bytes) throws Violation {
        if (!bytes.isEmpty() && bytes.size() != Digest.LENGTH) {
            throw new Violation("a digest of " + bytes.size() + " bytes");
        }
        return new Digest(bytes);
    }
}
