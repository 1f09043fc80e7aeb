package io.weft.hub.platform;

import java.util.List;

/** The environment does not describe a hub; the message lists everything that is wrong with it. */
public final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super("The hub cannot start with these settings:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
