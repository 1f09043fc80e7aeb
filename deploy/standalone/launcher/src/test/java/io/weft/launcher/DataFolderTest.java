package io.weft.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void secretsAreMadeOnceAndOnlyTheirOwnerReadsThem() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        folder.prepare();
        Secrets secrets = new Secrets(folder.secrets());
        assertThat(secrets.token()).isEmpty();

        secrets.prepare();
        String token = secrets.token().orElseThrow();
        String owner = secrets.passwords().owner();
        secrets.prepare();

        assertThat(secrets.token()).contains(token);
        assertThat(secrets.passwords().owner()).isEqualTo(owner);
        assertThat(token).matches("weft_[0-9a-z]{8,32}_[0-9A-Za-z_-]{43,128}");
        try (var files = Files.list(folder.secrets())) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(temporary.resolve("format"), "99\n");

        assertThatThrownBy(() -> new DataFolder(temporary).prepare())
                .isInstanceOf(LaunchProblem.class)
                .hasMessageContaining("format 99, of a newer Weft");
        assertThat(temporary).isDirectoryNotContaining(file -> !file.endsWith("format"));
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws Exception {
        Files.writeString(temporary.resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> new DataFolder(temporary).prepare())
                .isInstanceOf(LaunchProblem.class)
                .hasMessageContaining("this has other files");
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> new DataFolder(file).prepare())
                .isInstanceOf(LaunchProblem.class)
                .hasMessageStartingWith("--data-dir: " + file);
    }

    @Test
    void stateThatIsReadIsTheStateThatWasWritten() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        folder.prepare();
        var processes = new java.util.TreeMap<String, RunState.Component>();
        processes.put("hub-1", new RunState.Component(7, 1234, true, 3));
        RunState state = new RunState(
                42,
                RunState.Phase.UP,
                "all: well",
                "http://localhost:1",
                "host:2",
                List.of("http://127.0.0.1:3", "http://127.0.0.1:4"),
                true,
                processes);

        state.write(folder);

        assertThat(RunState.read(folder)).contains(state);
    }

    @Test
    void theNumberOfAProcessThatStartedAtAnotherTimeIsAnotherProcess() {
        long own = ProcessHandle.current().pid();

        assertThat(new RunState.Component(own, 1234, true, 0).process()).isEmpty();
    }
}
