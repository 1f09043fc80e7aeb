package io.weft.launcher.supervise;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one line of a program's last output that says why it ended. */
final class EndReason {
    private static final List<Pattern> TELLING = List.of(
            Pattern.compile("No space left"),
            Pattern.compile("Caused by: "),
            Pattern.compile("expected: "),
            Pattern.compile("Exception|Error|ERROR|FATAL"));

    private EndReason() {}

    static String of(List<String> lines) {
        for (Pattern pattern : TELLING) {
            Optional<String> line = lines.reversed().stream()
                    .filter(text -> pattern.matcher(text).find())
                    .findFirst();
            if (line.isPresent()) return line.get().strip();
        }
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((a, b) -> b)
                .orElse("no output")
                .strip();
    }
}
