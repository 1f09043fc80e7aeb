package io.weft.launcher;

import io.weft.launcher.RunState.Phase;
import io.weft.launcher.supervise.Supervisor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings everything up and returns when it is ready; what was started goes on in the background. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts PostgreSQL, the hub, the console and simulated clusters.")
final class UpCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 100;

    @Mixin
    private LaunchOptions launch = new LaunchOptions();

    @Option(names = "--foreground", description = "Stay, print what happens, and stop everything at Ctrl-C.")
    private boolean foreground;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = launch.folder.folder();
        folder.checkFormat();
        if (RunLock.held(folder)) return alreadyUp(folder);
        RunOptions options = launch.options();
        folder.prepare();
        if (foreground) {
            new Supervisor(options, System.out::println).run(() -> tellHow(folder, options.address()));
            return 0;
        }
        // A port that something else holds is told before anything is started. Leftovers hold theirs: the supervisor
        // decides.
        if (RunState.read(folder).isEmpty()) Ports.checkFree(options);
        follow(folder, Background.start(options));
        return 0;
    }

    private int alreadyUp(DataFolder folder) throws InterruptedException {
        RunState state = RunState.read(folder).orElse(null);
        if (state != null && state.phase() == Phase.STOPPING) {
            throw new LaunchProblem(
                    "Weft is just stopping (data folder " + folder.root() + "): try again in a moment.");
        }
        if (state != null && state.phase() == Phase.UP) {
            System.out.println("Weft is up already.");
            tellHow(folder, state.address());
            return 0;
        }
        System.out.println("Weft is being started already.");
        follow(folder, null);
        return 0;
    }

    /** Prints each step until it is up. */
    private static void follow(DataFolder folder, @Nullable Process supervisor) throws InterruptedException {
        String told = "";
        while (true) {
            boolean alive = supervisor == null ? RunLock.held(folder) : supervisor.isAlive();
            RunState state = RunState.read(folder)
                    .filter(read -> supervisor == null || read.supervisor() == supervisor.pid())
                    .orElse(null);
            if (state != null && state.phase() == Phase.UP) {
                tellHow(folder, state.address());
                return;
            }
            if (state != null && state.phase() == Phase.FAILED) throw new LaunchProblem(state.message());
            if (!alive) throw new LaunchProblem("Weft did not start: " + Background.lastLine(folder));
            if (state != null && !state.message().equals(told)) {
                told = state.message();
                System.out.println(told + " …");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void tellHow(DataFolder folder, String address) {
        RunState state = RunState.read(folder).orElseThrow();
        System.out.println("Weft is up at " + address + "; agents dial " + state.grpcAddress());
        System.out.println("  data folder  " + folder.root());
        String option = folder.equals(new DataFolder(DataFolder.usual())) ? "" : " --data-dir " + folder.root();
        if (state.demoUsers()) {
            System.out.println(
                    "  log in       " + address + " as ada (admin), ed (editor) or vera (viewer) of the tenant demo,");
            System.out.println("               or as otto (admin) of the tenant other; password: "
                    + new Secrets(folder.secrets()).demoPassword().orElse("?"));
        } else System.out.println("  log in       " + address + " as a person of the issuer that was named");
        System.out.println("  token        TOKEN=$(./weft token" + option + ")   (administrator of the tenant demo)");
        System.out.println("  try          curl -H \"Authorization: Bearer $TOKEN\" " + address + "/api/v1/me");
        if (state.processes().containsKey("fleet")) {
            System.out.println(
                    "  clusters     three simulated ones, with the real agent in each (./weft up --no-demo: none)");
        }
        System.out.println("  stop         ./weft down" + option);
    }
}
