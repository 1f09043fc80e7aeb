package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A load that goes on while the test changes things. */
public final class RunningLoad implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<String> output;

    private RunningLoad(Process process) {
        this.process = process;
        this.output = CompletableFuture.supplyAsync(
                () -> Shell.text(process.getInputStream()),
                task -> Thread.ofVirtual().start(task));
    }

    static RunningLoad start(List<String> command) {
        try {
            return new RunningLoad(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its count or duration ends. */
    public LoadResult await() {
        return Serialization.unmarshal(output.join(), LoadResult.class);
    }

    /** Ends it now, after the answers under way. */
    public LoadResult stop() {
        close();
        return await();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyEnded) {
            process.destroy();
        }
    }
}
