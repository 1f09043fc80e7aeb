package io.weft.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HomeFolderTest {
    @Test
    void shellsHomeComesBeforeTheUserDatabase() {
        assertThat(HomeFolder.path("/home/a", "/home/b")).isEqualTo(Path.of("/home/a"));
        assertThat(HomeFolder.path("", "/home/b")).isEqualTo(Path.of("/home/b"));
        assertThat(HomeFolder.path(null, "/home/b")).isEqualTo(Path.of("/home/b"));
    }

    @Test
    void noHomeIsSaidAndNotMadeUp() {
        assertThatThrownBy(() -> HomeFolder.path(null, "?"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessageStartingWith("HOME: not set");
    }
}
