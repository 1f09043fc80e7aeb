package io.weft.it.simulation;

/** Something that must always hold did not. */
final class BrokenInvariant extends AssertionError {
    private static final long serialVersionUID = 1;

    private final Invariant invariant;

    BrokenInvariant(Invariant invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    Invariant invariant() {
        return invariant;
    }

    /** Numbers as in the architecture's list of invariants, where they have one. */
    enum Invariant {
        /** 2: after faults stop, what is applied is a from-scratch compile of what is released. */
        CONVERGES,
        /** 3: no agent goes back to a lower place. */
        NEVER_BACK,
        /** 4: a bundle that came by differences is the bundle that is sent whole. */
        DELTAS_ARE_WHOLE,
        /** 14: what is called is answered. */
        CALLED_IS_ANSWERED,
        /** Between two writes of one round no host is worse off than before and after it. */
        SERVED_IN_BETWEEN,
        /** 15: equal positions, equal images. */
        REPLICAS_EQUAL,
        /** What the log says that a cluster answers and calls is what its objects answer and call. */
        ACKNOWLEDGED_IS_APPLIED,
        /** Nothing is removed from the facts that is still there. */
        FACTS_ARE_TRUE,
        /** Nobody freezes a tenant of which there is only one history. */
        NOT_FROZEN
    }
}
