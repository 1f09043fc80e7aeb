package io.weft.agent.apply;

import io.weft.protocol.v1.RefusalCode;

/** The API server did not do what was asked of it, sorted once, here. */
public final class ObjectFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Cause {
        /** Schema or admission said no. */
        INVALID(RefusalCode.REFUSAL_CODE_INVALID),
        /** Fields belong to somebody else. */
        CONFLICT(RefusalCode.REFUSAL_CODE_CONFLICT),
        /** The object moved since it was read: read again. */
        MOVED(RefusalCode.REFUSAL_CODE_UNAVAILABLE),
        FORBIDDEN(RefusalCode.REFUSAL_CODE_FORBIDDEN),
        NOT_INSTALLED(RefusalCode.REFUSAL_CODE_NOT_INSTALLED),
        /** No answer, or none that says anything about the object. */
        UNAVAILABLE(RefusalCode.REFUSAL_CODE_UNAVAILABLE);

        private final RefusalCode code;

        Cause(RefusalCode code) {
            this.code = code;
        }
    }

    private final Cause why;

    public ObjectFailure(Cause why, String message) {
        super(message);
        this.why = why;
    }

    public ObjectFailure(Cause why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Cause why() {
        return why;
    }

    RefusalCode code() {
        return why.code;
    }
}
