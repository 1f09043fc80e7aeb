package io.weft.launcher.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.weft.launcher.LaunchProblem;
import io.weft.launcher.process.Children;
import java.util.List;

/** PostgreSQL refuses to run as root: in a user namespace without a mapping the same user is nobody, and it runs. */
final class RootGuard {
    private RootGuard() {}

    /** What goes before a command of PostgreSQL. */
    static List<String> prefix() {
        if (new UnixSystem().getUid() != 0) return List.of();
        String unshare = Children.tool("unshare")
                .orElseThrow(() -> new LaunchProblem(
                        "PostgreSQL does not run as root, and the tool unshare is missing: run Weft as another user, or"
                                + " install util-linux."));
        return List.of(unshare, "-U");
    }
}
