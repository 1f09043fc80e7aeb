package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.Problem;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.resources.internal.Decision.Effect;
import io.weft.hub.resources.internal.Decision.Result;
import io.weft.policy.image.Addresses;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.Judge;
import io.weft.policy.validate.Objection;
import io.weft.policy.validate.Violation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Decides what a change appends to the log: a function of the image and the wishes. Throws the problem with them. */
public final class Decider {
    private Decider() {}

    /** @param now for {@code createdAt} and {@code updatedAt} only */
    public static Decision decide(TenantImage image, List<Mutation> wishes, String by, Instant now) {
        long revision = image.revision() + 1;
        List<Result> results = new ArrayList<>();
        for (Mutation wish : wishes) {
            results.add(result(image, wish, revision, by, now.truncatedTo(ChronoUnit.MICROS)));
        }
        List<Resource> puts = new ArrayList<>();
        SortedSet<ResourceKey> deletes = new TreeSet<>();
        for (Result result : results) {
            Resource resource = result.resource();
            switch (result.effect()) {
                case CREATED, CONFIGURED -> {
                    if (resource != null) puts.add(resource);
                }
                case DELETED -> deletes.add(result.key());
                case UNCHANGED -> {} // leaves no trace in the log
            }
        }
        if (puts.isEmpty() && deletes.isEmpty()) return new Decision(image, List.of(), image, results);
        refuse(Judge.judge(image, puts, deletes), wishes);
        List<LogEntry> entries = entries(image, revision, by, puts, deletes);
        TenantImage after = applied(image, entries);
        if (!routesOnly(puts, deletes)) {
            List<LogEntry> addresses = addresses(after);
            entries.addAll(addresses);
            after = applied(after, addresses);
        }
        return new Decision(image, entries, after, results);
    }

    /**
     * For the services that the change makes global, with it: else there would be a moment in which every cluster has
     * applied the change and none has anything of it. One that has rested long enough is the housekeeper's to find.
     */
    private static List<LogEntry> addresses(TenantImage after) {
        SortedMap<String, String> given = Addresses.given(after, Instant.MIN);
        return given.isEmpty() ? List.of() : List.of(new Allocated(given, new TreeMap<>()));
    }

    /** Nothing is stored if anything speaks against it: 409 when it collides with others', else 422. */
    private static void refuse(List<Objection> objections, List<Mutation> wishes) {
        if (objections.isEmpty()) return;
        Map<ResourceKey, String> places = new HashMap<>();
        wishes.forEach(wish -> places.put(wish.key(), wish.at()));
        List<Violation> violations = objections.stream()
                .map(objection -> at(places.getOrDefault(objection.key(), ""), objection.violation()))
                .toList();
        if (objections.stream().noneMatch(Objection::conflict)) throw ProblemException.unprocessable(violations);
        throw new ProblemException(Problem.of(
                HttpStatus.CONFLICT, "It collides with what is there already; nothing was stored.", violations));
    }

    private static Violation at(String place, Violation v) {
        return new Violation(place + v.pointer(), v.value(), v.message(), v.expected());
    }

    /** The image after entries, as if they were committed now. */
    public static TenantImage applied(TenantImage image, List<LogEntry> entries) {
        TenantImage after = image;
        for (LogEntry entry : entries) {
            after = after.apply(LogCodec.seal(after.position() + 1, after.hash(), Instant.EPOCH, entry));
        }
        return after;
    }

    private static Result result(TenantImage image, Mutation wish, long revision, String by, Instant now) {
        Optional<Resource> present = image.resource(wish.key());
        if (!wish.precondition().holds(present)) throw preconditionFailed(present);
        return switch (wish) {
            case Mutation.Delete delete -> {
                if (present.isEmpty()) throw ProblemException.notFound();
                yield new Result(delete.key(), Effect.DELETED, null);
            }
            case Mutation.Put put ->
                present.map(there -> isAsWished(there, put.document())
                                ? new Result(put.key(), Effect.UNCHANGED, there)
                                : new Result(
                                        put.key(), Effect.CONFIGURED, replaced(put.document(), there, revision, now)))
                        .orElseGet(() ->
                                new Result(put.key(), Effect.CREATED, created(put.document(), revision, by, now)));
        };
    }

    private static boolean isAsWished(Resource there, Document.Read wished) {
        return wished.spec().equals(there.spec())
                && wished.labels().equals(there.metadata().labels())
                && wished.annotations().equals(there.metadata().annotations());
    }

    private static Resource created(Document.Read wished, long revision, String by, Instant now) {
        return resource(wished, new Metadata(wished.labels(), wished.annotations(), 1, revision, now, now, by));
    }

    private static Resource resource(Document.Read document, Metadata metadata) {
        return switch (document.key().kind()) {
            case CLUSTER -> new Resource.Cluster(document.key(), metadata, (ClusterSpec) document.spec());
            case GLOBAL_NAMESPACE ->
                new Resource.GlobalNamespace(document.key(), metadata, (GlobalNamespaceSpec) document.spec());
            case TRAFFIC_ROUTE ->
                new Resource.TrafficRoute(document.key(), metadata, (TrafficRouteSpec) document.spec());
        };
    }

    private static Resource replaced(Document.Read wished, Resource there, long revision, Instant now) {
        Metadata old = there.metadata();
        return resource(
                wished,
                new Metadata(
                        wished.labels(),
                        wished.annotations(),
                        old.generation() + 1,
                        revision,
                        old.createdAt(),
                        now,
                        old.createdBy()));
    }

    /** One revision, and its release to every cluster, for each scope that it touches. */
    private static List<LogEntry> entries(
            TenantImage image, long revision, String by, List<Resource> puts, SortedSet<ResourceKey> deletes) {
        SortedMap<GnsName, SortedSet<Member>> memberships = memberships(image, revision, by, puts, deletes);
        SortedSet<Scope> scopes = new TreeSet<>();
        puts.forEach(put -> scopes.add(put.key().scope()));
        deletes.forEach(key -> scopes.add(key.scope()));
        memberships.keySet().forEach(gns -> scopes.add(Scope.of(gns)));
        List<LogEntry> entries = new ArrayList<>();
        entries.add(new Changed(revision, by, puts, deletes, memberships));
        scopes.forEach(scope -> entries.add(new Released(scope, revision, new TreeMap<>())));
        return entries;
    }

    /** As the change makes it. Routes make none, and what was observed meanwhile is the housekeeper's to say. */
    private static SortedMap<GnsName, SortedSet<Member>> memberships(
            TenantImage image, long revision, String by, List<Resource> puts, SortedSet<ResourceKey> deletes) {
        if (routesOnly(puts, deletes)) return new TreeMap<>();
        return Members.changed(applied(image, List.of(new Changed(revision, by, puts, deletes, new TreeMap<>()))));
    }

    private static boolean routesOnly(List<Resource> puts, SortedSet<ResourceKey> deletes) {
        return Stream.concat(puts.stream().map(Resource::key), deletes.stream())
                .allMatch(key -> key.kind() == Kind.TRAFFIC_ROUTE);
    }

    private static ProblemException preconditionFailed(Optional<Resource> present) {
        String detail = present.map(there -> "The resource has generation "
                        + there.metadata().generation() + " (expected: what If-Match or If-None-Match says).")
                .orElse("There is no such resource (expected: the version that If-Match names).");
        return new ProblemException(
                Problem.of(HttpStatus.PRECONDITION_FAILED, detail),
                present.map(there -> Map.of(HttpHeaders.ETAG, Precondition.etag(there)))
                        .orElse(Map.of()));
    }
}
