package io.weft.browser;

import io.weft.it.real.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every page of the console, read from the manifests that make its router: a new page cannot be forgotten. */
final class RouteTable {
    private static final Path FEATURES = Project.file("web-ui/console/src/features");
    private static final Pattern PATH = Pattern.compile("\\bpath: '([^']+)'");

    private RouteTable() {}

    /** Below {@code /t/{tenant}/}, parameters as {@code $name}. */
    static List<String> paths() {
        try (Stream<Path> files = Files.walk(FEATURES, 2)) {
            return files.filter(file -> file.endsWith("manifest.ts"))
                    .flatMap(RouteTable::in)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> in(Path manifest) {
        try {
            return PATH.matcher(Files.readString(manifest)).results().map((MatchResult found) -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
