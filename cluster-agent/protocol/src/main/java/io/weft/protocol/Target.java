package io.weft.protocol;

import java.util.Map;

/** A compiled bundle, as the hub's side of a session sees it. Immutable. */
public interface Target {
    Digest version();

    /** Where in the tenant's history it was compiled. */
    Place place();

    /** Hash of the log's record at that position; {@link Digest#NONE} when unknown. */
    Digest positionHash();

    /** From a target that the same caller gave to the same session before. */
    Difference from(Target earlier);

    /** From objects of which only key ({@code apiVersion|kind|namespace|name}) and hash are known. */
    Difference from(Map<String, Digest> held);
}
