package io.weft.hub.access;

/** What a role allows. */
public enum Permission {
    /** See resources, inventory and status. */
    READ,
    /** Change resources. */
    WRITE,
    /** Let clusters in and put them out. */
    OPERATE,
    /** Give and take access. */
    ADMINISTER,
    /** Read the audit trail. */
    AUDIT
}
