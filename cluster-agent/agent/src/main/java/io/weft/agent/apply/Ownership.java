package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose an object is, by its labels. Every object that is written gets them, whatever the bundle says, so that nothing is
 * written that could not be found again.
 */
public record Ownership(String hubId) {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String WEFT = "weft";
    public static final String HUB = "weft.io/hub";

    /** Annotation: the rank at which it was put, so that a restarted agent removes in the right order. */
    public static final String RANK = "weft.io/rank";

    /** Who holds an object. */
    public enum Owner {
        US,
        OTHER_HUB,
        USER
    }

    public Owner of(ObservedObject object) {
        if (!object.label(MANAGED_BY).equals(WEFT)) return Owner.USER;
        return object.label(HUB).equals(hubId) ? Owner.US : Owner.OTHER_HUB;
    }

    boolean ours(ObservedObject object) {
        return of(object) == Owner.US;
    }

    /** Adds our marks to what is about to be written. */
    ObjectNode mark(ObjectNode json, ObjectKey key, int rank) {
        ObjectNode metadata = member(json, "metadata");
        metadata.put("name", key.name());
        if (!key.namespace().isEmpty()) metadata.put("namespace", key.namespace());
        member(metadata, "labels").put(MANAGED_BY, WEFT).put(HUB, hubId);
        member(metadata, "annotations").put(RANK, Integer.toString(rank));
        return json;
    }

    private static ObjectNode member(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }
}
