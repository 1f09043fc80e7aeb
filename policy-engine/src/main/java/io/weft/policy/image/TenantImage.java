package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The picture of one tenant at one position of its log. Immutable; {@link #apply} costs what changes. Two replicas at the
 * same position hold equal images.
 *
 * @param hubId identifies the hub's data set, for ownership labels
 * @param incarnation number of the hub's data set
 * @param hash of the record at {@code position}
 * @param resting addresses that were taken back, and when: not to be given out again for a while
 */
public record TenantImage(
        TenantId tenant,
        String hubId,
        long incarnation,
        long position,
        Hash hash,
        long revision,
        PSortedMap<Scope, ScopeState> scopes,
        PSortedMap<ClusterName, ClusterFacts> facts,
        PSortedMap<ClusterName, AckState> acknowledgements,
        PSortedMap<ClusterName, Judgement> judgements,
        PSortedMap<String, String> addresses,
        PSortedMap<String, Instant> resting) {

    /** The image before the first entry. A full sync is a difference from it. */
    public static TenantImage empty(TenantId tenant, String hubId, long incarnation) {
        return new TenantImage(
                tenant,
                hubId,
                incarnation,
                0,
                Hash.ZERO,
                0,
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty());
    }

    /** The image after the next record. Throws {@link BrokenHistoryException} when it is not the next. */
    public TenantImage apply(LogRecord record) {
        if (record.position() != position + 1) {
            throw new BrokenHistoryException(
                    "position: " + record.position() + " (expected: " + (position + 1) + ", without a gap)");
        }
        if (!record.parent().equals(hash)) {
            throw new BrokenHistoryException(
                    "parent of position " + record.position() + ": " + record.parent() + " (expected: " + hash + ")");
        }
        Copy copy = new Copy(this);
        copy.position = record.position();
        copy.hash = record.hash();
        TenantImage next = copy.image();
        return switch (record.entry()) {
            case Changed e -> next.changed(e);
            case Observed e -> next.observed(e);
            case Acknowledged e -> next.acknowledged(e);
            case Judged e ->
                next.withJudgements(
                        judgements.plus(e.cluster(), judgement(e.cluster()).apply(e)));
            case Released e -> next.released(e);
            case Allocated e -> next.allocated(e, record.time());
        };
    }

    // ---- what is declared

    /** The newest version; empty when there is none or it was deleted. */
    public Optional<Resource> resource(ResourceKey key) {
        return scope(key.scope()).newest(key);
    }

    /** The newest version of everything that is not deleted. */
    public SortedMap<ResourceKey, Resource> resources() {
        SortedMap<ResourceKey, Resource> all = new TreeMap<>();
        scopes.values()
                .forEach(s -> s.versions()
                        .forEach((key, versions) ->
                                versions.lastEntry().getValue().ifPresent(resource -> all.put(key, resource))));
        return all;
    }

    /** The newest version of everything of one kind that is not deleted. */
    public SortedMap<ResourceKey, Resource> resources(Kind kind) {
        SortedMap<ResourceKey, Resource> all = new TreeMap<>();
        for (Map.Entry<Scope, ScopeState> scope : scopes.entrySet()) {
            if (scope.getKey().equals(Scope.TENANT) && !ofTenant(kind)) continue;
            scope.getValue().versions().forEach((key, versions) -> {
                if (key.kind() == kind) versions.lastEntry().getValue().ifPresent(resource -> all.put(key, resource));
            });
        }
        return all;
    }

    private static boolean ofTenant(Kind kind) {
        return switch (kind) {
            case CLUSTER -> true;
            case GLOBAL_NAMESPACE, TRAFFIC_ROUTE -> false;
        };
    }

    /** The newest version of everything of one scope that is not deleted, in no particular order and without a copy. */
    public Stream<Resource> newest(Scope scope) {
        return scope(scope).versions().values().stream().flatMap(versions -> versions.lastEntry().getValue().stream());
    }

    /** Every domain that a global namespace has in any version that some cluster may still have. */
    public SortedSet<String> domains(GnsName gns) {
        SortedSet<String> domains = new TreeSet<>();
        PSortedMap<Long, Optional<Resource>> versions =
                scope(Scope.of(gns)).versions().get(ResourceKey.globalNamespace(gns.value()));
        if (versions == null) return domains;
        for (Optional<Resource> version : versions.values()) {
            if (version.isPresent() && version.get().spec() instanceof GlobalNamespaceSpec spec) {
                domains.add(spec.domain());
            }
        }
        return domains;
    }

    public long released(Scope scope, ClusterName cluster) {
        return scope(scope).release().of(cluster);
    }

    public long leastReleased(Scope scope) {
        return scope(scope).release().least();
    }

    /** Which revision each cluster has of a scope. */
    public Release release(Scope scope) {
        return scope(scope).release();
    }

    /** Whether anything of a scope has more than one version that some cluster may still be released to. */
    public boolean hasSeveralVersions(Scope scope) {
        ScopeState state = scope(scope);
        return !state.untidy().isEmpty() || state.membership().size() > 1;
    }

    /** What a cluster sees that is released to a revision of the resource's scope. */
    public Optional<Resource> resourceAt(ResourceKey key, long atRevision) {
        return scope(key.scope()).at(key, atRevision);
    }

    /** Everything of a scope as a cluster sees it that is released to a revision. */
    public SortedMap<ResourceKey, Resource> resourcesAt(Scope scope, long atRevision) {
        SortedMap<ResourceKey, Resource> seen = new TreeMap<>();
        ScopeState state = scope(scope);
        for (ResourceKey key : state.versions().keySet()) {
            state.at(key, atRevision).ifPresent(resource -> seen.put(key, resource));
        }
        return seen;
    }

    public SortedSet<Member> membershipAt(GnsName gns, long atRevision) {
        return scope(Scope.of(gns)).membershipAt(atRevision);
    }

    /** The newest membership, released or not. */
    public SortedSet<Member> membership(GnsName gns) {
        return membershipAt(gns, Long.MAX_VALUE);
    }

    /** Global namespaces of which any version is left, deleted ones included that some cluster may still have. */
    public SortedSet<GnsName> gnsNames() {
        SortedSet<GnsName> names = new TreeSet<>();
        scopes.forEach((scope, state) -> {
            if (!state.versions().isEmpty()) scope.gns().ifPresent(names::add);
        });
        return names;
    }

    /** Clusters of which a resource is left, or which are known to answer or call. */
    public SortedSet<ClusterName> clusters() {
        SortedSet<ClusterName> names = new TreeSet<>(acknowledgements.keySet());
        for (ResourceKey key : scope(Scope.TENANT).versions().keySet()) {
            if (key.kind() == Kind.CLUSTER) names.add(new ClusterName(key.name()));
        }
        return names;
    }

    // ---- what is observed

    public ClusterFacts facts(ClusterName cluster) {
        return facts.getOrDefault(cluster, ClusterFacts.EMPTY);
    }

    public AckState acknowledged(ClusterName cluster) {
        return acknowledgements.getOrDefault(cluster, AckState.EMPTY);
    }

    public Judgement judgement(ClusterName cluster) {
        return judgements.getOrDefault(cluster, Judgement.NONE);
    }

    /** The virtual address of a host. */
    public Optional<String> address(String host) {
        return Optional.ofNullable(addresses.get(host));
    }

    /** Whether any cluster may still answer or call a host of this domain. */
    public boolean inUse(String domain) {
        String suffix = "." + domain;
        return acknowledgements.values().stream()
                .anyMatch(state -> state.answers().stream()
                                .anyMatch(n -> n.host().endsWith(suffix))
                        || state.calls().stream().anyMatch(c -> c.name().host().endsWith(suffix)));
    }

    ScopeState scope(Scope scope) {
        return scopes.getOrDefault(scope, ScopeState.EMPTY);
    }

    // ---- how entries change it

    private TenantImage changed(Changed e) {
        PSortedMap<Scope, ScopeState> after = scopes;
        for (Resource put : e.puts()) {
            Scope scope = put.key().scope();
            after = after.plus(
                    scope, after.getOrDefault(scope, ScopeState.EMPTY).version(put.key(), e.revision(), put));
        }
        for (ResourceKey key : e.tombstones()) {
            ScopeState state = after.getOrDefault(key.scope(), ScopeState.EMPTY).version(key, e.revision(), null);
            after = after.plus(
                    key.scope(),
                    key.kind() == Kind.GLOBAL_NAMESPACE ? state.member(e.revision(), TreePSet.empty()) : state);
        }
        for (Map.Entry<GnsName, SortedSet<Member>> membership : e.memberships().entrySet()) {
            Scope scope = Scope.of(membership.getKey());
            PSortedSet<Member> members = TreePSet.from(membership.getValue());
            after = after.plus(
                    scope, after.getOrDefault(scope, ScopeState.EMPTY).member(e.revision(), members));
        }
        TenantImage image = withScopes(after, e.revision());
        for (ResourceKey key : e.tombstones()) {
            if (key.kind() == Kind.CLUSTER) image = image.without(new ClusterName(key.name()));
        }
        return image;
    }

    /** A deleted cluster is neither called nor asked any more; what others still call of it is on their record. */
    private TenantImage without(ClusterName cluster) {
        return withFacts(facts.minus(cluster))
                .withAcknowledgements(acknowledgements.minus(cluster))
                .withJudgements(judgements.minus(cluster));
    }

    private TenantImage observed(Observed e) {
        ClusterFacts after = facts(e.cluster()).apply(e.change(), position);
        return withFacts(after.equals(ClusterFacts.EMPTY) ? facts.minus(e.cluster()) : facts.plus(e.cluster(), after));
    }

    private TenantImage released(Released e) {
        ScopeState state = scope(e.scope());
        return withScopes(
                scopes.plus(e.scope(), state.with(state.release().apply(e)).collected()), revision);
    }

    private TenantImage acknowledged(Acknowledged e) {
        AckState state = acknowledged(e.cluster()).apply(e);
        return withAcknowledgements(
                state.isEmpty() ? acknowledgements.minus(e.cluster()) : acknowledgements.plus(e.cluster(), state));
    }

    private TenantImage allocated(Allocated e, Instant time) {
        PSortedMap<String, Instant> rest = resting;
        for (String address : e.freed().values()) rest = rest.plus(address, time);
        rest = rest.minusAll(e.addresses().values());
        Copy copy = new Copy(this);
        copy.addresses = addresses.minusAll(e.freed().keySet()).plusAll(e.addresses());
        copy.resting = rest;
        return copy.image();
    }

    private TenantImage withScopes(PSortedMap<Scope, ScopeState> newScopes, long newRevision) {
        Copy copy = new Copy(this);
        copy.scopes = newScopes;
        copy.revision = newRevision;
        return copy.image();
    }

    private TenantImage withFacts(PSortedMap<ClusterName, ClusterFacts> newFacts) {
        Copy copy = new Copy(this);
        copy.facts = newFacts;
        return copy.image();
    }

    private TenantImage withAcknowledgements(PSortedMap<ClusterName, AckState> newAcknowledgements) {
        Copy copy = new Copy(this);
        copy.acknowledgements = newAcknowledgements;
        return copy.image();
    }

    private TenantImage withJudgements(PSortedMap<ClusterName, Judgement> newJudgements) {
        Copy copy = new Copy(this);
        copy.judgements = newJudgements;
        return copy.image();
    }

    /** An image of which some parts will be others. */
    private static final class Copy {
        final TenantImage before;
        long position;
        Hash hash;
        long revision;
        PSortedMap<Scope, ScopeState> scopes;
        PSortedMap<ClusterName, ClusterFacts> facts;
        PSortedMap<ClusterName, AckState> acknowledgements;
        PSortedMap<ClusterName, Judgement> judgements;
        PSortedMap<String, String> addresses;
        PSortedMap<String, Instant> resting;

        Copy(TenantImage before) {
            this.before = before;
            this.position = before.position;
            this.hash = before.hash;
            this.revision = before.revision;
            this.scopes = before.scopes;
            this.facts = before.facts;
            this.acknowledgements = before.acknowledgements;
            this.judgements = before.judgements;
            this.addresses = before.addresses;
            this.resting = before.resting;
        }

        TenantImage image() {
            return new TenantImage(
                    before.tenant,
                    before.hubId,
                    before.incarnation,
                    position,
                    hash,
                    revision,
                    scopes,
                    facts,
                    acknowledgements,
                    judgements,
                    addresses,
                    resting);
        }
    }
}
