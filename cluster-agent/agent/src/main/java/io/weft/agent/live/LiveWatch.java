package io.weft.agent.live;

import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.apply.Enforcement.Round;
import io.weft.agent.apply.Ownership;
import io.weft.agent.live.Mesh.UnreadableException;
import io.weft.agent.memory.StoredBundle;
import io.weft.agent.observe.ClusterView;
import io.weft.agent.platform.KubernetesApi;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.Live;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when what was applied is live and says so. Reads the mesh only while something is being applied or is not
 * live yet, then ever more rarely. Its methods may be called from any thread and, but for {@link #run}, do not block.
 */
public final class LiveWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWatch.class);

    private final IstiodMesh mesh;
    private final AppliedObjects objects;
    private final InstantSource clock;
    private final Consumer<Live> hub;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    // Of the thread that runs.
    private final LiveCourse course;
    private @Nullable Applied applied;
    private boolean objectsUnread;

    /** @param refused objects or removals that failed */
    private record Applied(StoredBundle bundle, Set<ObjectKey> refused) {
        boolean isAs(@Nullable Applied other) {
            return other != null && bundle.version().equals(other.bundle.version()) && refused.equals(other.refused);
        }
    }

    /**
     * @param meshNamespace where istiod is, and the account that may ask it
     * @param hub hears what is found
     */
    public LiveWatch(
            KubernetesApi api,
            ClusterObjects cluster,
            ClusterView view,
            Ownership ownership,
            String meshNamespace,
            InstantSource clock,
            Consumer<Live> hub) {
        this.mesh = new IstiodMesh(api, view, ownership, meshNamespace, clock);
        this.objects = new AppliedObjects(cluster);
        this.course = new LiveCourse(meshNamespace);
        this.clock = clock;
        this.hub = hub;
    }

    /** Why the mesh cannot be read at this moment; empty when it can. Blocks for a bounded time. */
    public String unreadable() {
        try {
            return mesh.read().isEmpty() ? "istiod: none (expected: at least one)" : "";
        } catch (UnreadableException e) {
            return e.reason();
        }
    }

    /** Objects are about to be written. */
    public void applying() {
        events.add(() -> course.applying(clock.instant()));
    }

    /** They were; of those that were refused nothing is measured. */
    public void enforced(StoredBundle bundle, Round round) {
        Applied now = new Applied(bundle, refused(round));
        boolean touched = round.tally().written() + round.tally().deleted() > 0;
        events.add(() -> {
            if (!touched && now.isAs(applied)) course.stillApplied(clock.instant());
            else measure(now);
        });
    }

    private static Set<ObjectKey> refused(Round round) {
        return round.refusals().stream()
                .map(refusal -> ObjectKey.parse(refusal.getKey()))
                .collect(Collectors.toSet());
    }

    private void measure(Applied now) {
        applied = now;
        objectsUnread = true;
        course.applied(new Target(now.bundle().version(), now.bundle().place()), clock.instant());
    }

    /** The hub that answers now may not know what another was told. */
    public void welcomed() {
        events.add(() -> course.told().ifPresent(hub));
    }

    /** Until the thread is interrupted. */
    public void run() {
        try {
            while (true) {
                Runnable event = events.poll(untilNext(), TimeUnit.MILLISECONDS);
                if (event != null) event.run();
                else look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private long untilNext() {
        Instant next = course.next();
        if (next.equals(Instant.MAX)) return Long.MAX_VALUE;
        return Math.max(0, Duration.between(clock.instant(), next).toMillis());
    }

    private void look() throws InterruptedException {
        try {
            Instant begin = clock.instant();
            List<IstiodReading> readings = mesh.read();
            Instant now = clock.instant();
            if (applied != null && objectsUnread) { // after the mesh, whose pushes do not wait
                course.expect(objects.of(applied.bundle(), applied.refused()));
                objectsUnread = false;
            }
            course.read(readings, mesh.pods(), now, Duration.between(begin, now))
                    .ifPresent(this::say);
        } catch (UnreadableException e) {
            course.unreadable(e.reason(), clock.instant()).ifPresent(this::say);
        } catch (RuntimeException e) {
            // A thread that died would leave every later change at applied without a word.
            LOG.warn("what is live could not be measured", e);
            course.unreadable("measuring failed: " + e, clock.instant()).ifPresent(this::say);
        }
        if (Thread.interrupted()) throw new InterruptedException();
    }

    private void say(Live live) {
        LOG.debug("{} at {}: {}", live.getState(), live.getPosition(), live.getReason());
        hub.accept(live);
    }

    @Override
    public void close() {
        mesh.close();
    }
}
