package io.weft.launcher.supervise;

import io.weft.launcher.DataFolder;
import io.weft.launcher.FleetOptions;
import io.weft.launcher.LaunchProblem;
import io.weft.launcher.Ports;
import io.weft.launcher.RunLock;
import io.weft.launcher.RunOptions;
import io.weft.launcher.RunState;
import io.weft.launcher.RunState.Component;
import io.weft.launcher.RunState.Phase;
import io.weft.launcher.Secrets;
import io.weft.launcher.postgres.PostgresServer;
import io.weft.launcher.postgres.PostgresSettings;
import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Starts PostgreSQL, then the hub's replicas, then the console, keeps them running, and stops them in reverse order when told to. */
public final class Supervisor {
    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final int LOCK_ATTEMPTS = 20;

    private final RunOptions options;
    private final DataFolder folder;
    private final Consumer<String> say;
    private final List<Keeper> keepers = new ArrayList<>();
    /** Where the replicas answer HTTP. */
    private final List<String> hubs = new CopyOnWriteArrayList<>();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private Phase phase = Phase.STARTING;
    private String message = "";

    /** @param say gets each step, and each change later, as a sentence */
    public Supervisor(RunOptions options, Consumer<String> say) {
        this.options = options;
        this.folder = options.folder();
        this.say = line -> say.accept(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    /** Returns when everything was stopped. */
    public void run(Runnable whenUp) throws IOException, InterruptedException {
        folder.prepare();
        // Never closed: the kernel drops it at the very end of this process, and not before all else is done.
        RunLock lock = takeLock();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
        try {
            start();
            whenUp.run();
            stopped.await();
        } catch (RuntimeException | IOException e) {
            fail(e);
            throw e;
        } finally {
            // A lock that nobody refers to any more is dropped by the collector.
            Reference.reachabilityFence(lock);
        }
    }

    /** More than once: another command holds it for a moment to see whether it is free. */
    private RunLock takeLock() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            Optional<RunLock> taken = RunLock.take(folder);
            if (taken.isPresent()) return taken.get();
            Thread.sleep(50);
        }
        throw new LaunchProblem("Weft is up already with the data folder " + folder.root() + ".");
    }

    private void start() throws IOException {
        Leftovers.stop(folder, say);
        Ports.checkFree(options);
        Secrets secrets = new Secrets(folder.secrets());
        secrets.prepare();

        step("starting PostgreSQL");
        RotatingLog log = new RotatingLog(folder.logs().resolve("postgresql.log"));
        PostgresServer server = PostgresServer.start(
                folder.database(),
                new PostgresSettings(0, PostgresSettings.defaultCache(), secrets.passwords(), Map.of(), log::line));
        keep(new Database(server)).startFirst(START_TIME);

        step("starting the hub" + (options.replicas() == 1 ? "" : " (" + options.replicas() + " replicas)"));
        Program program = Program.prepare("hub", options.hubJar(), folder.run());
        // One after the other: the first migrates the tables and makes the tenant, the others find them.
        for (int number = 1; number <= options.replicas(); number++) {
            HubReplica replica = new HubReplica(number, options, program, server);
            keep(replica).startFirst(START_TIME);
            hubs.add(replica.address());
        }
        if (options.console().demoUsers()) SecondTenant.ensure(hubs.getFirst(), secrets);

        step("starting the console");
        Program console = Program.prepare("console", options.console().jar(), folder.run());
        keep(new Console(options, console, server, hubs)).startFirst(START_TIME);

        FleetOptions fleet = options.fleet();
        if (fleet != null) {
            step("starting the simulated clusters");
            Program clusters = Program.prepare("fleet", fleet.jar(), folder.run());
            keep(new Fleet(options, fleet, clusters, hubs.getFirst())).startFirst(START_TIME);
        }
        publish(Phase.UP, "up at " + options.address());
        say.accept("Weft is up at " + options.address());
    }

    private synchronized Keeper keep(Service service) {
        Keeper keeper = new Keeper(service, say, this::publish);
        if (phase == Phase.STOPPING) throw new LaunchProblem("Weft was told to stop while it started.");
        keepers.add(keeper);
        return keeper;
    }

    private void step(String text) {
        say.accept(text);
        publish(Phase.STARTING, text);
    }

    private void fail(Exception cause) {
        String what = cause instanceof LaunchProblem ? String.valueOf(cause.getMessage()) : cause.toString();
        String reason = folder.full() ? "disk full: no space is left for " + folder.root() + " (" + what + ")" : what;
        say.accept("failed: " + reason);
        stopAll();
        publish(Phase.FAILED, reason);
    }

    private void stop() {
        synchronized (this) {
            if (phase == Phase.FAILED) return;
        }
        say.accept("stopping");
        publish(Phase.STOPPING, "stopping");
        stopAll();
        forget();
        say.accept("stopped");
        stopped.countDown();
    }

    private void forget() {
        try {
            RunState.delete(folder);
        } catch (IOException e) {
            say.accept("state cannot be deleted: " + e);
        }
    }

    /** The console before the hub, the hub before its database. */
    private void stopAll() {
        List<Keeper> all;
        synchronized (this) {
            all = List.copyOf(keepers);
        }
        all.reversed().forEach(Keeper::stop);
    }

    private synchronized void publish(Phase newPhase, String newMessage) {
        if (phase == Phase.STOPPING && newPhase != Phase.FAILED) return;
        phase = newPhase;
        message = newMessage;
        publish();
    }

    private synchronized void publish() {
        TreeMap<String, Component> processes = new TreeMap<>();
        keepers.forEach(keeper -> processes.put(keeper.name(), keeper.state()));
        String grpc = options.publicHost() + ":" + options.grpcPort();
        try {
            new RunState(
                            ProcessHandle.current().pid(),
                            phase,
                            message,
                            options.address(),
                            grpc,
                            hubs,
                            options.console().demoUsers(),
                            processes)
                    .write(folder);
        } catch (IOException e) {
            say.accept("state cannot be written: " + e);
        }
    }
}
