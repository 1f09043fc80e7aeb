package io.weft.hub.clusters.internal;

/** Nothing was issued; the message is fit for the agent, and for the tenant's audit trail. */
final class EnrolmentRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    EnrolmentRefusedException(String message) {
        super(message);
    }

    EnrolmentRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
