package io.weft.it.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder of this checkout, from whichever module tests are run. */
public final class Project {
    private static final Path FOLDER = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .filter(folder -> Files.isRegularFile(folder.resolve("weft")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the tests do not run below the folder that has ./weft"));

    private Project() {}

    /** @param path from the folder that has {@code ./weft}; empty: that folder */
    public static Path file(String path) {
        return FOLDER.resolve(path);
    }
}
