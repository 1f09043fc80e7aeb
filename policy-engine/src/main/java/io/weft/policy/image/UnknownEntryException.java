package io.weft.policy.image;

import org.jspecify.annotations.Nullable;

/** An entry of the log is of a type that this version does not know; the replica stops for the tenant. */
public final class UnknownEntryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownEntryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
