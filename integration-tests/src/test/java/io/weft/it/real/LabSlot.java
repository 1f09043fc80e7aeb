package io.weft.it.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of sixteen sets of names and addresses, held by a lock that the kernel gives back when this JVM ends. So labs of
 * several JVMs do not meet, and whatever bears the names of a slot that was free is left over from a killed run.
 *
 * <p>Addresses: {@code 10.<64 + 8 slot + cluster>.0.0/16} a cluster, {@code 198.18.<slot>.0/30} between this machine
 * and the lab, {@code 172.30.<slot>.0/24} between gateways.
 */
final class LabSlot implements AutoCloseable {
    static final int CLUSTERS = 8;
    private static final int SLOTS = 16;
    private static final Path LABS = Path.of(System.getProperty("java.io.tmpdir"), "weft-labs");

    private static final Set<Integer> TAKEN_HERE = ConcurrentHashMap.newKeySet();

    private final int number;
    private final FileChannel channel;

    private LabSlot(int number, FileChannel channel) {
        this.number = number;
        this.channel = channel;
    }

    static LabSlot take() {
        for (int number = 0; number < SLOTS; number++) {
            Optional<LabSlot> slot = tryTake(number);
            if (slot.isPresent()) {
                slot.get().clear();
                return slot.get();
            }
        }
        throw new IllegalStateException("labs at a time: " + SLOTS + " are taken");
    }

    private static Optional<LabSlot> tryTake(int number) {
        // Asked first: this process would lose its lock by closing another channel to the same file.
        if (!TAKEN_HERE.add(number)) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(LABS);
            FileChannel channel = FileChannel.open(
                    LABS.resolve(number + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new LabSlot(number, channel));
            }
            channel.close();
            TAKEN_HERE.remove(number);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins the name of each network namespace. */
    String prefix() {
        return "weft" + number + "-";
    }

    Path folder() {
        return LABS.resolve(Integer.toString(number));
    }

    /** The interface of this machine that leads to the lab. */
    String link() {
        return "weft" + number;
    }

    String hostAddress() {
        return "198.18." + number + ".1";
    }

    String hubAddress() {
        return "198.18." + number + ".2";
    }

    String wanAddress(int host) {
        return "172.30." + number + "." + host;
    }

    /** The first two numbers of the addresses in the cluster with this index. */
    String clusterNet(int cluster) {
        return "10." + (64 + CLUSTERS * number + cluster);
    }

    /** Takes away the namespaces, interfaces and files of this slot, and what still runs in those namespaces. */
    void clear() {
        Shell.script("""
                for path in /run/netns/%1$s*; do
                  [ -e "$path" ] || continue
                  name=$(basename "$path")
                  ip netns pids "$name" | xargs -r kill -KILL 2>/dev/null || true
                  ip netns delete "$name"
                done
                ip link delete %2$s 2>/dev/null || true
                rm -rf /etc/netns/%1$s* '%3$s'
                mkdir -p '%3$s'
                """.formatted(prefix(), link(), folder()));
    }

    @Override
    public void close() {
        clear();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TAKEN_HERE.remove(number);
    }
}
