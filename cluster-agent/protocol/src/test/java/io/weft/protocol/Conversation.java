package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Both ends over a link that breaks, hangs and delays, with a disk that forgets what was not synced. The hub's side
 * offers a new bundle now and then; what the agent applies is kept here as the cluster's content.
 */
final class Conversation {
    private final Random random;
    private Instant now = Samples.START;
    private Samples.TestTarget wanted = Samples.target(1);
    private boolean faults = true;

    private @Nullable HubSession hub;
    private @Nullable AgentSession agent;
    private final Deque<HubMessage> down = new ArrayDeque<>();
    private final Deque<AgentMessage> up = new ArrayDeque<>();
    private boolean halfOpen;
    private Held disk = Held.NOTHING;
    private SortedMap<String, Digest> cluster = new TreeMap<>();
    private Place highest = Place.START;
    private Samples.@Nullable TestTarget logged;
    private int sessions;

    Conversation(long seed) {
        random = new Random(seed);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) step();
        faults = false;
        halfOpen = false;
        for (int i = 0; i < 400; i++) step();
    }

    boolean converged() {
        return cluster.equals(Samples.hashes(wanted.objects()))
                && disk.version().equals(wanted.version())
                && logged != null
                && logged.version().equals(wanted.version());
    }

    private void step() {
        int choice = random.nextInt(faults ? 20 : 12);
        switch (choice) {
            case 0, 1, 2, 3 -> deliverDown();
            case 4, 5, 6, 7 -> deliverUp();
            case 8, 9 -> tick(random.nextInt(900));
            case 10 -> {
                if (hub == null || agent == null || hub.ended() || agent.ended()) connect();
            }
            case 11, 12, 13 -> {
                if (faults) change();
            }
            case 14 -> {
                if (random.nextInt(4) == 0) disconnect();
            }
            case 15 -> {
                if (random.nextInt(4) == 0) halfOpen = true;
            }
            case 16 -> {
                if (random.nextInt(4) == 0) restartAgent();
            }
            default -> tick(random.nextInt(4_000));
        }
    }

    private void change() {
        SortedMap<String, String> objects = new TreeMap<>(wanted.objects());
        String key = "object-" + random.nextInt(12);
        if (random.nextInt(4) == 0) objects.remove(key);
        else objects.put(key, "x".repeat(random.nextInt(250)) + random.nextInt(5));
        wanted = new Samples.TestTarget(new Place(1, wanted.place().position() + 1), objects);
        toHub(new HubEvent.BundleChanged(now));
    }

    private void connect() {
        disconnect();
        halfOpen = false;
        sessions++;
        hub = new HubSession(Samples.HUB, Samples.UID, Samples.LIMITS);
        agent = new AgentSession(Samples.IDENTITY, disk, Samples.LIMITS);
        toHub(new HubEvent.Opened(now));
        toAgent(new AgentEvent.Connected(now, List.of()));
        if (disk.state() == HeldState.HELD_STATE_PENDING) apply(); // what a restarted agent does with what it finds
    }

    private void disconnect() {
        hub = null;
        agent = null;
        up.clear();
        down.clear();
    }

    private void restartAgent() {
        disconnect();
    }

    private void tick(int millis) {
        now = now.plusMillis(millis);
        toHub(new HubEvent.Tick(now));
        toAgent(new AgentEvent.Tick(now));
    }

    private void deliverDown() {
        HubMessage message = halfOpen ? null : down.poll();
        if (message == null) return;
        toAgent(new AgentEvent.Received(now, message));
        if (message.hasBundleChunk()) toHub(new HubEvent.Sent(now));
    }

    private void deliverUp() {
        AgentMessage message = halfOpen ? null : up.poll();
        if (message != null) toHub(new HubEvent.Received(now, message));
    }

    private void toHub(HubEvent event) {
        if (hub == null) return;
        for (HubEffect effect : hub.on(event)) {
            switch (effect) {
                case HubEffect.Send send -> down.add(send.message());
                case HubEffect.CatchUp c -> toHub(new HubEvent.CaughtUp(now, wanted.place(), HubEvent.History.UNKNOWN));
                case HubEffect.OpenEpoch e -> toHub(new HubEvent.EpochOpened(now, sessions));
                case HubEffect.Compile c -> toHub(new HubEvent.Compiled(now, wanted));
                case HubEffect.CommitIntents i ->
                    toHub(
                            random.nextInt(8) == 0 && faults
                                    ? new HubEvent.IntentsRefused(now)
                                    : new HubEvent.IntentsCommitted(now));
                case HubEffect.CommitOutcome o -> {
                    logged = (Samples.TestTarget) o.target();
                    toHub(new HubEvent.AckCommitted(now));
                }
                case HubEffect.Freeze f -> throw new AssertionError("frozen: " + f.reason());
                case HubEffect.End e -> {
                    if (e.code() != GoodbyeCode.GOODBYE_CODE_SILENT) throw new AssertionError("hub ended: " + e);
                }
                case HubEffect.CompareReports r -> {}
                case HubEffect.Snapshot s -> {}
                case HubEffect.Change c -> {}
                case HubEffect.LiveReported l -> {}
                case HubEffect.DriftReported d -> {}
            }
        }
    }

    private void toAgent(AgentEvent event) {
        if (agent == null) return;
        for (AgentEffect effect : agent.on(event)) {
            switch (effect) {
                case AgentEffect.Send send -> up.add(send.message());
                case AgentEffect.Verify verify -> verify(verify.transfer());
                case AgentEffect.Persist persist -> persist(persist.transfer());
                case AgentEffect.Apply a -> apply();
                case AgentEffect.End e -> {
                    if (e.code() == GoodbyeCode.GOODBYE_CODE_PROTOCOL) throw new AssertionError("agent ended: " + e);
                }
                case AgentEffect.Welcomed w -> {}
                case AgentEffect.TakeSnapshot t -> {}
            }
        }
    }

    private void verify(Transfer transfer) {
        Digest found = Samples.versionOf(Assembly.after(disk, transfer).objects());
        toAgent(
                found.equals(transfer.version())
                        ? new AgentEvent.Verified(now)
                        : new AgentEvent.VersionDiffers(now, found));
    }

    private void persist(Transfer transfer) {
        if (transfer.place().isBefore(highest)) throw new AssertionError("went back to " + transfer.place());
        if (faults && random.nextInt(10) == 0) {
            disconnect(); // killed before the write was synced
            return;
        }
        highest = transfer.place();
        disk = Assembly.after(disk, transfer);
        if (faults && random.nextInt(10) == 0) disconnect(); // killed right after it
        toAgent(new AgentEvent.Persisted(now));
    }

    private void apply() {
        cluster = new TreeMap<>(disk.objects());
        disk = new Held(
                disk.place(),
                disk.positionHash(),
                disk.version(),
                HeldState.HELD_STATE_APPLIED,
                List.of(),
                disk.objects());
        toAgent(new AgentEvent.Outcome(now, disk.version(), new AgentEvent.Tally(0, 0, 0), List.of()));
    }
}
