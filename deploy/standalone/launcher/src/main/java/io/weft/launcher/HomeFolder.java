package io.weft.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The person's home as their shell sees it; Java asks the user database, which some users have no true entry in. */
public final class HomeFolder {
    private HomeFolder() {}

    public static Path path() {
        return path(System.getenv("HOME"), System.getProperty("user.home"));
    }

    static Path path(@Nullable String home, @Nullable String ofUser) {
        if (home != null && !home.isBlank()) return Path.of(home);
        // Java says "?" of a user without an entry.
        if (ofUser != null && !ofUser.isBlank() && !ofUser.equals("?")) return Path.of(ofUser);
        throw new LaunchProblem("HOME: not set (expected: a folder, or the option --data-dir with XDG_CACHE_HOME)");
    }
}
