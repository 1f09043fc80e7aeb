package io.weft.policy.image;

import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * One scope with every version that some cluster may still be released to.
 *
 * @param versions by key and revision; an empty Optional is a tombstone
 * @param membership by revision; the empty set where the global namespace was deleted
 * @param untidy keys of which a version may be collected once more is released
 */
record ScopeState(
        PSortedMap<ResourceKey, PSortedMap<Long, Optional<Resource>>> versions,
        PSortedMap<Long, PSortedSet<Member>> membership,
        PSortedSet<ResourceKey> untidy,
        Release release) {
    static final ScopeState EMPTY = new ScopeState(TreePMap.empty(), TreePMap.empty(), TreePSet.empty(), Release.NONE);

    ScopeState version(ResourceKey key, long revision, @Nullable Resource resource) {
        PSortedMap<Long, Optional<Resource>> before = versions.get(key);
        PSortedMap<Long, Optional<Resource>> after = (before == null
                        ? TreePMap.<Long, Optional<Resource>>empty()
                        : before)
                .plus(revision, Optional.ofNullable(resource));
        boolean tidy = after.size() == 1 && resource != null;
        return new ScopeState(versions.plus(key, after), membership, tidy ? untidy : untidy.plus(key), release);
    }

    ScopeState member(long revision, PSortedSet<Member> members) {
        return new ScopeState(versions, membership.plus(revision, members), untidy, release);
    }

    ScopeState with(Release newRelease) {
        return new ScopeState(versions, membership, untidy, newRelease);
    }

    Optional<Resource> newest(ResourceKey key) {
        PSortedMap<Long, Optional<Resource>> all = versions.get(key);
        return all == null ? Optional.empty() : all.lastEntry().getValue();
    }

    Optional<Resource> at(ResourceKey key, long revision) {
        PSortedMap<Long, Optional<Resource>> all = versions.get(key);
        return all == null ? Optional.empty() : floor(all, revision).orElse(Optional.empty());
    }

    PSortedSet<Member> membershipAt(long revision) {
        return floor(membership, revision).orElse(TreePSet.empty());
    }

    /** Without the versions that no cluster can be released to any more. */
    ScopeState collected() {
        long least = release.least();
        PSortedMap<ResourceKey, PSortedMap<Long, Optional<Resource>>> kept = versions;
        PSortedSet<ResourceKey> still = untidy;
        for (ResourceKey key : untidy) {
            PSortedMap<Long, Optional<Resource>> all = versions.get(key);
            if (all == null) continue;
            PSortedMap<Long, Optional<Resource>> rest = collect(all, least);
            if (rest.isEmpty()) {
                kept = kept.minus(key);
            } else if (rest.size() != all.size()) {
                kept = kept.plus(key, rest);
            }
            if (rest.isEmpty()
                    || rest.size() == 1 && rest.firstEntry().getValue().isPresent()) still = still.minus(key);
        }
        return new ScopeState(kept, collectMembership(least), still, release);
    }

    private static PSortedMap<Long, Optional<Resource>> collect(PSortedMap<Long, Optional<Resource>> all, long least) {
        Map.Entry<Long, Optional<Resource>> floor = all.floorEntry(least);
        if (floor == null) return all;
        PSortedMap<Long, Optional<Resource>> rest = all;
        while (rest.firstKey() < floor.getKey()) rest = rest.minus(rest.firstKey());
        return floor.getValue().isEmpty() ? rest.minus(floor.getKey()) : rest;
    }

    private PSortedMap<Long, PSortedSet<Member>> collectMembership(long least) {
        Map.Entry<Long, PSortedSet<Member>> floor = membership.floorEntry(least);
        if (floor == null) return membership;
        PSortedMap<Long, PSortedSet<Member>> rest = membership;
        while (rest.firstKey() < floor.getKey()) rest = rest.minus(rest.firstKey());
        return floor.getValue().isEmpty() ? rest.minus(floor.getKey()) : rest;
    }

    private static <V> Optional<V> floor(PSortedMap<Long, V> all, long revision) {
        Map.Entry<Long, V> entry = all.floorEntry(revision);
        return entry == null ? Optional.empty() : Optional.of(entry.getValue());
    }
}
