package io.weft.policy.bundle;

/** The two halves of a bundle. */
public enum Layer {
    /** Only adds names that the cluster's gateway answers. */
    RECEIVE,
    /** Whatever changes the answer to an existing request. */
    SEND
}
