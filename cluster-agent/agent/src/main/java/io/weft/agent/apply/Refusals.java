package io.weft.agent.apply;

import io.weft.agent.apply.Ownership.Owner;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;

/** The words in which an object is refused. */
final class Refusals {
    private static final int LONGEST = 1_000;

    private Refusals() {}

    static ObjectRefusal of(ObjectKey key, ObjectFailure failure) {
        return refusal(key, failure.code(), String.valueOf(failure.getMessage()))
                .build();
    }

    static ObjectRefusal ofRemoval(ObjectKey key, ObjectFailure failure) {
        return refusal(key, failure.code(), String.valueOf(failure.getMessage()))
                .setRemoval(true)
                .build();
    }

    static ObjectRefusal taken(ObjectKey key, Owner owner) {
        String whose = owner == Owner.OTHER_HUB ? "is of another hub" : "is not Weft's own";
        return refusal(key, RefusalCode.REFUSAL_CODE_CONFLICT, "an object of this name is there and " + whose)
                .build();
    }

    static ObjectRefusal claimed(ObjectKey key, Claim other) {
        String whose = other.hub().isEmpty() ? "a user's own " : "another hub's ";
        ObjectKey object = other.object();
        String reason = whose + object.kind() + " " + object.namespace() + "/" + object.name()
                + " is for the same host " + other.host();
        return refusal(key, RefusalCode.REFUSAL_CODE_CONFLICT, reason).build();
    }

    /** @param removal whether it was to be removed */
    static ObjectRefusal skipped(ObjectKey key, String host, boolean removal) {
        String reason = "an object of " + host + " before it in the order was refused";
        return refusal(key, RefusalCode.REFUSAL_CODE_SKIPPED, reason)
                .setRemoval(removal)
                .build();
    }

    static ObjectRefusal unlisted(ObjectType type, ObjectFailure failure) {
        return ofRemoval(new ObjectKey(type.apiVersion(), type.kind(), "", "*"), failure);
    }

    static ObjectRefusal held(ObjectKey key, long surplus, int all) {
        String reason = "would remove " + surplus + " of " + all + " objects that nobody asked to remove";
        return refusal(key, RefusalCode.REFUSAL_CODE_HELD, reason)
                .setRemoval(true)
                .build();
    }

    private static ObjectRefusal.Builder refusal(ObjectKey key, RefusalCode code, String reason) {
        String text = reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason;
        return ObjectRefusal.newBuilder().setKey(key.toString()).setCode(code).setReason(text);
    }
}
