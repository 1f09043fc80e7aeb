package io.weft.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the one supervisor of a data folder; the kernel drops it when that process ends, however it ends. */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Nothing if another process has it. */
    public static Optional<RunLock> take(DataFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new RunLock(channel));
    }

    /** Whether a supervisor lives. */
    public static boolean held(DataFolder folder) {
        if (!Files.exists(file(folder))) return false;
        try {
            Optional<RunLock> lock = take(folder);
            lock.ifPresent(RunLock::close);
            return lock.isEmpty();
        } catch (IOException e) {
            throw new LaunchProblem("the lock in " + folder.run() + " cannot be read: " + e, e);
        }
    }

    private static Path file(DataFolder folder) {
        return folder.run().resolve("lock");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LaunchProblem("the lock cannot be dropped: " + e, e);
        }
    }
}
