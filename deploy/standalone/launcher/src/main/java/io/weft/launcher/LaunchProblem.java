package io.weft.launcher;

/** Something the person at the keyboard can act on; the message is one sentence for them, no stack trace is shown. */
public final class LaunchProblem extends RuntimeException {
    public LaunchProblem(String sentence) {
        super(sentence);
    }

    public LaunchProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
