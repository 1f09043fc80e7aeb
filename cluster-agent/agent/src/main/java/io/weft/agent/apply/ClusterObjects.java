package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a cluster's API server that a bundle may hold. All methods block; any may fail as {@link ObjectFailure}
 * says. The rules about what may be touched are not here but in {@link ApplyPlan} and {@link Applier}.
 */
public interface ClusterObjects {
    Optional<ObservedObject> read(ObjectKey key) throws ObjectFailure;

    /**
     * All objects of a type that carry Weft's label, of any hub. A type that is not installed has none; one that cannot
     * be listed is a failure and never an empty list.
     */
    List<ObservedObject> managed(ObjectType type) throws ObjectFailure;

    /**
     * Server-side apply under Weft's name.
     *
     * @param over what is there and is ours: taken over by force, unless it moved since ({@link ObjectFailure.Cause#MOVED});
     *     null when nothing was there: then never by force
     * @return the object as it is now
     */
    ObservedObject apply(ObjectKey key, ObjectNode json, @Nullable ObservedObject over) throws ObjectFailure;

    /** Takes away or sets back what others added to an object that is ours, by a merge patch; as {@link #apply}. */
    ObservedObject merge(ObservedObject over, ObjectNode patch) throws ObjectFailure;

    /** Deletes exactly the object that was observed; one that is gone already is no failure. */
    void delete(ObservedObject observed) throws ObjectFailure;

    /** What objects say about hosts, whoever they belong to, as far as it can be seen now. */
    List<Claim> claims();

    /** The object as it was last seen without asking for it; only good for deciding whether to look. */
    Optional<ObservedObject> seen(ObjectKey key);
}
