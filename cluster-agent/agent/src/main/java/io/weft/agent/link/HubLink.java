package io.weft.agent.link;

import io.grpc.ManagedChannel;
import io.weft.agent.AgentCore;
import io.weft.agent.platform.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with the hub at a time: joins if the cluster has not yet, renews the certificate at half of its
 * life, dials, and dials again. Logs when the link is lost and when it is back, and not every try between. Every method
 * blocks and ends by interruption.
 */
public final class HubLink {
    private static final Logger LOG = LoggerFactory.getLogger(HubLink.class);
    private static final String RENEWAL = "a younger certificate is there";
    private static final Duration GLANCE = Duration.ofSeconds(30);
    private static final int LONGEST_WISH_MILLIS = 60_000;

    private final HubAddress home;
    private final String hubCa;
    private final Path joinTokenFile;
    private final IdentityStore store;
    private final Enroller enroller;
    private final InstantSource clock;
    private final Backoff backoff;
    private String trouble = "";
    private volatile boolean connected;

    public HubLink(
            HubAddress home,
            String hubCa,
            Path joinTokenFile,
            IdentityStore store,
            String clusterUid,
            String agentVersion,
            InstantSource clock,
            RandomGenerator random) {
        this.home = home;
        this.hubCa = hubCa;
        this.joinTokenFile = joinTokenFile;
        this.store = store;
        this.enroller = new Enroller(store, clusterUid, agentVersion);
        this.clock = clock;
        this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), random);
    }

    public boolean connected() {
        return connected;
    }

    /** The identity that is there, or a new one as soon as the hub gives it. */
    public LinkIdentity join() throws InterruptedException {
        while (true) {
            try {
                Optional<LinkIdentity> there = store.load();
                if (there.isPresent()) return there.get();
                LinkIdentity fresh = enroller.enrol(
                        home, hubCa, Files.readString(joinTokenFile).strip());
                LOG.info("joined as {}", fresh);
                well();
                return fresh;
            } catch (IOException e) {
                troubled("cannot join: " + e.getMessage());
                Thread.sleep(backoff.pause());
            }
        }
    }

    /** One session after the other, for ever. */
    public void run(LinkIdentity first, AgentCore core) throws InterruptedException {
        LinkIdentity identity = first;
        HubAddress next = home;
        while (true) {
            try {
                identity = young(identity);
                HubStream.Ended how = session(next, identity, core);
                next = how.redirect().isEmpty() ? home : HubAddress.parse(how.redirect());
                if (how.spoke()) backoff.reset();
                if (how.reason().equals(RENEWAL)) {
                    identity = store.load().orElse(identity);
                } else {
                    troubled("the link to the hub is lost: " + how.reason());
                    long wish = Math.min(how.retryAfterMillis(), LONGEST_WISH_MILLIS);
                    Thread.sleep(Math.max(wish, backoff.pause().toMillis()));
                }
            } catch (IOException | IllegalArgumentException e) {
                next = home;
                troubled("no link to the hub: " + e.getMessage());
                Thread.sleep(backoff.pause());
            }
        }
    }

    /** An expired certificate may do one thing, renew; one that only is old may go on when that fails. */
    private LinkIdentity young(LinkIdentity identity) throws IOException {
        Instant now = clock.instant();
        if (!identity.dueForRenewal(now)) return identity;
        try {
            LinkIdentity renewed = enroller.renew(home, identity);
            LOG.info(
                    "certificate renewed until {}",
                    renewed.certificate().getNotAfter().toInstant());
            return renewed;
        } catch (IOException e) {
            if (identity.expired(now)) throw e;
            LOG.warn("certificate not renewed yet: {}", e.getMessage());
            return identity;
        }
    }

    private HubStream.Ended session(HubAddress address, LinkIdentity identity, AgentCore core)
            throws IOException, InterruptedException {
        ManagedChannel channel = Channels.open(address, identity.hubCa(), identity);
        HubStream stream = HubStream.open(channel, core, this::well);
        try {
            while (true) {
                HubStream.Ended ended = await(stream, identity.untilRenewal(clock.instant()));
                if (ended != null) return ended;
                if (identity.dueForRenewal(clock.instant()) && young(identity) != identity) {
                    HubStream.Ended renewal = new HubStream.Ended(RENEWAL, 0, "", true);
                    stream.close(renewal);
                    return renewal;
                }
            }
        } finally {
            connected = false;
            core.disconnected(stream);
            stream.close(new HubStream.Ended("the agent stops", 0, "", false));
            channel.shutdownNow();
        }
    }

    /** How the stream ended; null when it is time to look at the certificate. */
    private static HubStream.@Nullable Ended await(HubStream stream, Duration untilRenewal)
            throws InterruptedException {
        // One that is due and could not be renewed is tried again at every glance.
        boolean soon = untilRenewal.isPositive() && untilRenewal.compareTo(GLANCE) < 0;
        Duration wait = soon ? untilRenewal : GLANCE;
        try {
            return stream.ended().get(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stream ends normally", e);
        }
    }

    private void troubled(String what) {
        connected = false;
        if (trouble.isEmpty()) LOG.warn("{}; trying again", what);
        else if (!trouble.equals(what)) LOG.debug("{}", what);
        trouble = what;
    }

    private void well() {
        connected = true;
        if (!trouble.isEmpty()) LOG.info("linked to the hub");
        trouble = "";
    }
}
