package io.weft.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that all commands share. */
final class FolderOption {
    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Where everything is kept (default: $WEFT_DATA_DIR, or ~/.local/share/weft).")
    private @Nullable Path path;

    DataFolder folder() {
        return new DataFolder(path == null ? DataFolder.usual() : path);
    }
}
