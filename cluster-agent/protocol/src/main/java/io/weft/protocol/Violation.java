package io.weft.protocol;

/** The other side broke the protocol; ends the session. */
final class Violation extends Exception {
    private final String reason;

    Violation(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
