package io.weft.launcher;

import io.weft.launcher.supervise.Supervisor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process in the background that {@code up} starts. */
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {
    @Mixin
    private LaunchOptions launch = new LaunchOptions();

    @Override
    public Integer call() throws Exception {
        new Supervisor(launch.options(), System.out::println).run(() -> {});
        return 0;
    }
}
