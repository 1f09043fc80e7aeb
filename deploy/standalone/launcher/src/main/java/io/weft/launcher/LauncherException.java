package io.weft.launcher;

/** Something the person at the terminal must know, in one sentence. */
public final class LauncherException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LauncherException(String message) {
        super(message);
    }

    public LauncherException(String message, Throwable cause) {
        super(message, cause);
    }
}
