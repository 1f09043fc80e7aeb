package io.weft.policy.image;

/** A record does not follow from what was replayed before it: another position, parent or hash than expected. */
public final class BrokenHistoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BrokenHistoryException(String message) {
        super(message);
    }
}
