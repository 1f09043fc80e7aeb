package io.weft.policy.compile;

import io.weft.policy.model.ResourceKey;

/** Something that people should know about what was compiled for a cluster. */
public sealed interface Finding {
    /** The reason of a preference that waits for other clusters. */
    String NOT_ANSWERED = "PreferenceNotAnswered";

    ResourceKey resource();

    /** How people are told what kind of finding it is. */
    default String type() {
        return switch (this) {
            case Conflicted conflicted -> "Conflicted";
            case Unsupported unsupported -> "Unsupported";
            case Warning warning -> "Warning";
        };
    }

    /** One word in camel case, as in the conditions of a status. */
    String reason();

    String message();

    /** Two things want the same place; one of them was left out. */
    record Conflicted(ResourceKey resource, String reason, String message) implements Finding {}

    /** The mesh cannot express it. */
    record Unsupported(ResourceKey resource, String reason, String message) implements Finding {}

    record Warning(ResourceKey resource, String reason, String message) implements Finding {}
}
