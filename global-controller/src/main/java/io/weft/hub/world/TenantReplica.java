package io.weft.hub.world;

import io.weft.hub.platform.log.Head;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.image.BrokenHistoryException;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.image.UnknownEntryException;
import io.weft.policy.model.TenantId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * This replica's picture of one tenant. Readers see an immutable image; whoever has records to replay does so in turn.
 * It has no thread of its own.
 */
public final class TenantReplica {
    private static final int PAGE = 500;

    private final LogStore store;
    private final TenantId tenant;
    private final Appender appender;
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();

    /** Guards the replay: the image moves, and listeners hear of it, under it. Never held over I/O, but for a cold start. */
    private final ReentrantLock replay = new ReentrantLock();

    private final SharedWork catchingUp = new SharedWork();

    private volatile TenantImage image;
    private volatile @Nullable ReplicaStoppedException stopped;

    /** A cold start. */
    public TenantReplica(LogStore store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
        this.image = store.load(tenant);
        this.appender = new Appender(store, this);
    }

    public TenantId tenant() {
        return tenant;
    }

    /** The newest image that this replica has; perhaps not of the head. */
    public TenantImage image() {
        return image;
    }

    /** Reads the log to its end and answers the image there. Those that ask at the same time share one reading. */
    public TenantImage catchUp() {
        checkRunning();
        catchingUp.share(this::readToTheEnd);
        return image;
    }

    private void readToTheEnd() {
        while (true) {
            checkRunning();
            TenantImage before = image;
            List<LogRecord> records = read(before.position());
            if (records.isEmpty()) return;
            if (records.getFirst().position() > before.position() + 1) restart();
            else replay(records);
            if (records.size() < PAGE) return;
        }
    }

    /**
     * Compares with the head, as polling does: catches up, starts over after the incarnation was raised, and freezes the
     * tenant when this replica knows a history that the log does not.
     */
    public TenantImage checkHead() {
        checkRunning();
        TenantImage mine = image;
        Head head = store.head(tenant);
        if (head.incarnation() != mine.incarnation()) {
            restart();
        } else if (head.position() < mine.position()
                || head.position() == mine.position() && !head.hash().equals(mine.hash())) {
            throw otherHistory("the log ends at " + head.position() + ", this replica knew " + mine.position(), null);
        } else if (head.position() > mine.position()) {
            return catchUp();
        }
        return image;
    }

    /**
     * Decides on an image and appends what was decided; decides again when the log moved in between so that it matters.
     * The function may be called by another thread, one call at a time per tenant; what it throws, this throws.
     *
     * @throws io.weft.hub.platform.StorageException when storage fails: what became of the entries is then unknown
     */
    public <T> Decided<T> propose(Function<TenantImage, Decision<T>> decide) {
        checkRunning();
        return appender.propose(decide);
    }

    /**
     * Hears of everything that is replayed after the image that is answered.
     */
    public TenantImage listen(ReplicaListener listener) {
        replay.lock();
        try {
            listeners.add(listener);
            return image;
        } finally {
            replay.unlock();
        }
    }

    public void forget(ReplicaListener listener) {
        listeners.remove(listener);
    }

    int listeners() {
        return listeners.size();
    }

    /** Replays what is new of these; own commits come here at once. Reads a gap first. */
    void replay(List<LogRecord> records) {
        boolean gap = false;
        replay.lock();
        try {
            List<LogRecord> fresh = records.stream()
                    .filter(record -> record.position() > image.position())
                    .toList();
            if (fresh.isEmpty()) return;
            gap = fresh.getFirst().position() > image.position() + 1;
            if (!gap) {
                TenantImage after = image;
                for (LogRecord record : fresh) after = after.apply(record);
                image = after;
                for (ReplicaListener listener : listeners) listener.replayed(fresh, after);
            }
        } catch (BrokenHistoryException other) {
            throw otherHistory(String.valueOf(other.getMessage()), other);
        } finally {
            replay.unlock();
        }
        if (gap) catchUp();
    }

    private List<LogRecord> read(long after) {
        try {
            return store.read(tenant, after, PAGE);
        } catch (UnknownEntryException unknown) {
            throw stop("an entry after position " + after + " is of a newer version", unknown);
        } catch (BrokenHistoryException broken) {
            throw otherHistory(String.valueOf(broken.getMessage()), broken);
        }
    }

    private void restart() {
        replay.lock();
        try {
            image = store.load(tenant);
            for (ReplicaListener listener : listeners) listener.restarted(image);
        } catch (UnknownEntryException unknown) {
            throw stop("a row is of a newer version", unknown);
        } finally {
            replay.unlock();
        }
    }

    private ReplicaStoppedException otherHistory(String reason, @Nullable Throwable cause) {
        store.freeze(tenant, reason);
        return stop(reason, cause == null ? new BrokenHistoryException(reason) : cause);
    }

    private ReplicaStoppedException stop(String reason, Throwable cause) {
        ReplicaStoppedException stop = new ReplicaStoppedException(tenant, reason, cause);
        stopped = stop;
        return stop;
    }

    /** Whether this replica cannot follow any more; a new one may. */
    boolean isStopped() {
        return stopped != null;
    }

    private void checkRunning() {
        ReplicaStoppedException reason = stopped;
        if (reason != null) throw reason;
    }
}
