package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void aDirectoryInTheOpenLayoutIsReadAndALaterLayerTakesFilesAway() {
        ControlPlaneKeys.write(folder.resolve("one/app/kept"), "kept");
        ControlPlaneKeys.write(folder.resolve("one/app/gone"), "gone");
        ControlPlaneKeys.write(folder.resolve("two/app/.wh.gone"), "");
        blob(
                "index",
                "{\"layers\": [{\"digest\": \"sha256:one\"}, {\"digest\": \"sha256:two\"}], \"config\": {\"digest\": \"sha256:config\"}}");
        blob("config", "{\"config\": {\"Entrypoint\": [\"java\"], \"Cmd\": [\"-version\"], \"User\": \"1000:1000\"}}");
        ControlPlaneKeys.write(folder.resolve("image/index.json"), "{\"manifests\": [{\"digest\": \"sha256:index\"}]}");
        Shell.script("""
                cd '%s'
                tar -czf image/blobs/sha256/one -C one app
                tar -cf image/blobs/sha256/two -C two app
                """.formatted(folder));

        ImageArchive image = ImageArchive.unpack(folder.resolve("image"), folder.resolve("unpacked"));

        assertThat(image.entrypoint()).containsExactly("java");
        assertThat(image.command()).containsExactly("-version");
        assertThat(image.user()).isEqualTo("1000:1000");
        assertThat(image.workingDirectory()).isEqualTo("/");
        assertThat(image.files().resolve("app/kept")).exists();
        assertThat(Files.exists(image.files().resolve("app/gone"))).isFalse();
        assertThat(image.files().resolve("app/.wh.gone")).doesNotExist();
    }

    private void blob(String digest, String text) {
        ControlPlaneKeys.write(folder.resolve("image/blobs/sha256/" + digest), text);
    }
}
