package io.weft.hub.clusters.internal;

import io.weft.hub.clusters.ClusterJoining.Cause;

/** Nothing was issued; the message is fit for the agent, and for the tenant's audit trail. */
final class EnrolmentRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Cause cause;

    EnrolmentRefusedException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    EnrolmentRefusedException(Cause cause, String message, Throwable from) {
        super(message, from);
        this.cause = cause;
    }

    /** What people are told of it. */
    Cause why() {
        return cause;
    }
}
