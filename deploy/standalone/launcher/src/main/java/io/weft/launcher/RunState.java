package io.weft.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the supervisor tells the other commands, in one small file that is always whole. Whether a supervisor lives is
 * told by its lock alone: the file may be of one that was killed.
 *
 * @param supervisor its process id
 * @param phase where it is
 * @param message for the person who waits: the step it is at, or the reason why it failed
 * @param grpcAddress what agents dial
 * @param hubAddresses where the replicas of the hub answer HTTP, for this machine only; programs use the address
 * @param demoUsers whether people log in as one of them
 * @param processes by component ({@code postgresql}, {@code hub-1} …)
 */
public record RunState(
        long supervisor,
        Phase phase,
        String message,
        String address,
        String grpcAddress,
        List<String> hubAddresses,
        boolean demoUsers,
        TreeMap<String, Component> processes) {
    public enum Phase {
        STARTING,
        UP,
        STOPPING,
        FAILED
    }

    /**
     * @param processId 0: none at the moment
     * @param started when that process started, in milliseconds since 1970: a number alone may be another process by now
     * @param restarts how often it was started again after a crash
     */
    public record Component(long processId, long started, boolean ready, int restarts) {
        static Component parse(String text) {
            String[] parts = text.split(" ", -1);
            return new Component(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Boolean.parseBoolean(parts[2]),
                    Integer.parseInt(parts[3]));
        }

        String text() {
            return processId + " " + started + " " + ready + " " + restarts;
        }

        /** The very process, if it lives. */
        public Optional<ProcessHandle> process() {
            return ProcessHandle.of(processId)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> handle.info()
                            .startInstant()
                            .map(start -> Math.abs(start.toEpochMilli() - started) < 2_000)
                            .orElse(false));
        }
    }

    private static final String COMPONENT = "component.";

    public static Optional<RunState> read(DataFolder folder) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file(folder))) {
            read.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LaunchProblem("state cannot be read: " + e, e);
        }
        TreeMap<String, Component> processes = new TreeMap<>();
        for (String key : read.stringPropertyNames()) {
            if (key.startsWith(COMPONENT)) {
                processes.put(key.substring(COMPONENT.length()), Component.parse(read.getProperty(key)));
            }
        }
        return Optional.of(new RunState(
                Long.parseLong(read.getProperty("supervisor", "0")),
                Phase.valueOf(read.getProperty("phase", "FAILED")),
                read.getProperty("message", ""),
                read.getProperty("address", ""),
                read.getProperty("grpcAddress", ""),
                Stream.of(read.getProperty("hubAddresses", "").split(" "))
                        .filter(hub -> !hub.isEmpty())
                        .toList(),
                Boolean.parseBoolean(read.getProperty("demoUsers", "false")),
                processes));
    }

    public void write(DataFolder folder) throws IOException {
        Properties written = new Properties();
        written.setProperty("supervisor", Long.toString(supervisor));
        written.setProperty("phase", phase.name());
        written.setProperty("message", message);
        written.setProperty("address", address);
        written.setProperty("grpcAddress", grpcAddress);
        written.setProperty("hubAddresses", String.join(" ", hubAddresses));
        written.setProperty("demoUsers", Boolean.toString(demoUsers));
        processes.forEach((name, component) -> written.setProperty(COMPONENT + name, component.text()));
        Path fresh = folder.run().resolve("state.new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            written.store(writer, null);
        }
        Files.move(fresh, file(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** After a stop in order: nothing is left to be found. */
    public static void delete(DataFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }

    private static Path file(DataFolder folder) {
        return folder.run().resolve("state");
    }
}
