package io.weft.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium, driven by Playwright; it can resolve no name, so that it reaches nothing but this machine. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Where the browser is, or why the tests that need it cannot run. */
    public sealed interface Lookup {
        /** It is there. */
        record Found(Path program) implements Lookup {}

        /** It is not; the reason is one line that says what to do. */
        record Absent(String reason) implements Lookup {}
    }

    /** The program that {@code CHROMIUM_PATH} names, or the first with a usual name on the path. */
    public static Lookup find() {
        String named = System.getenv("CHROMIUM_PATH");
        if (named != null) {
            Path program = Path.of(named);
            return Files.isExecutable(program)
                    ? new Lookup.Found(program)
                    : new Lookup.Absent("CHROMIUM_PATH: " + named + " (expected: the program of a Chromium or Chrome)");
        }
        return onPath().<Lookup>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Absent("browser tests: no Chromium on this machine (Debian: apt-get install"
                        + " chromium; another one: CHROMIUM_PATH=/its/program)"));
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<Path> applications = Stream.of(
                        "Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
                .map(Path.of("/Applications")::resolve);
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator))
                                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve)),
                        applications)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws IllegalStateException with the line that says what to do */
    public static Chromium start() {
        Path program = switch (find()) {
            case Lookup.Found found -> found.program();
            case Lookup.Absent absent -> throw new IllegalStateException(absent.reason());
        };
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setChromiumSandbox(false)
                        .setArgs(ARGUMENTS));
        return new Chromium(playwright, browser);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
