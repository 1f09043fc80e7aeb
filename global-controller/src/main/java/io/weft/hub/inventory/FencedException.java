package io.weft.hub.inventory;

/** A newer session of the cluster has begun: what this one reports counts no more. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FencedException(long epoch) {
        super("a session of epoch " + epoch + " began");
    }
}
