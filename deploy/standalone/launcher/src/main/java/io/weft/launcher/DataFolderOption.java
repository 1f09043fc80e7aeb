package io.weft.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data-dir}, which every command takes. */
final class DataFolderOption {
    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Where everything is kept. Default: $$WEFT_DATA_DIR, else ~/.local/share/weft")
    private @Nullable Path folder;

    Path path() {
        if (folder != null) return folder;
        String variable = System.getenv("WEFT_DATA_DIR");
        return variable != null && !variable.isBlank()
                ? Path.of(variable)
                : Path.of(System.getProperty("user.home"), ".local", "share", "weft");
    }

    DataFolder open() {
        return new DataFolder(path());
    }
}
