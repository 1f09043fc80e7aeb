package io.weft.web.settings;

import java.util.List;

/** Settings that cannot be worked with; the message has one line for each that is wrong. */
public final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
