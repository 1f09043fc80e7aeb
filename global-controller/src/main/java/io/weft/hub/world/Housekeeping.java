package io.weft.hub.world;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.Proposal;
import io.weft.policy.image.Addresses;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from the log and anybody may propose: membership that the inventory changed, addresses for services that
 * have none, and addresses that nobody uses any more.
 */
final class Housekeeping {
    private Housekeeping() {}

    /** What decides which names a global namespace still needs: the oldest that some cluster is released to. */
    record Oldest(Optional<Resource> resource, SortedSet<Member> members) {
        static Oldest of(GnsName name, TenantImage image) {
            long least = image.leastReleased(Scope.of(name));
            return new Oldest(
                    image.resourceAt(ResourceKey.globalNamespace(name.value()), least),
                    image.membershipAt(name, least));
        }
    }

    /**
     * Whether the entry can make something due. Changes of routes alone, the most common, do not, nor do their releases.
     *
     * @param known of each global namespace what was oldest when it was asked before; kept up
     */
    static boolean mayMatter(LogEntry entry, TenantImage after, Map<GnsName, Oldest> known) {
        return switch (entry) {
            case Changed c ->
                !c.memberships().isEmpty()
                        || c.puts().stream().anyMatch(put -> put.key().kind() != Kind.TRAFFIC_ROUTE)
                        || c.tombstones().stream().anyMatch(key -> key.kind() != Kind.TRAFFIC_ROUTE);
            case Observed o ->
                !o.change().namespacePuts().isEmpty()
                        || !o.change().namespaceRemovals().isEmpty()
                        || o.change().servicePuts().values().stream().anyMatch(fact -> fact.since() == 0) // new
                        || !o.change().serviceRemovals().isEmpty();
            case Acknowledged a -> !a.callsLost().isEmpty() || !a.answersLost().isEmpty();
            case Released r ->
                r.scope()
                        .gns()
                        .map(name -> {
                            Oldest oldest = Oldest.of(name, after);
                            return !oldest.equals(known.put(name, oldest));
                        })
                        .orElse(false);
            case Judged j -> false;
            case Allocated a -> false;
        };
    }

    /** @param now time of the newest record that was replayed: addresses rest by the database's clock */
    static Optional<Proposal> next(TenantImage image, Instant now) {
        Optional<Proposal> membership = membership(image);
        return membership.isPresent() ? membership : addresses(image, now);
    }

    private static Optional<Proposal> membership(TenantImage image) {
        SortedMap<GnsName, SortedSet<Member>> changed = Members.changed(image);
        if (changed.isEmpty()) return Optional.empty();
        long revision = image.revision() + 1;
        List<LogEntry> entries = new ArrayList<>();
        entries.add(new Changed(revision, "system", List.of(), new TreeSet<ResourceKey>(), changed));
        changed.keySet().forEach(name -> entries.add(new Released(Scope.of(name), revision, new TreeMap<>())));
        AuditEvent event = new AuditEvent(
                "system",
                "change membership",
                "global-namespaces/"
                        + String.join(
                                ",",
                                changed.keySet().stream().map(GnsName::value).toList()),
                "",
                "",
                "{}");
        return Optional.of(new Proposal(entries, image.position(), OptionalLong.of(image.revision()), List.of(event)));
    }

    private static Optional<Proposal> addresses(TenantImage image, Instant now) {
        SortedMap<String, String> given = Addresses.given(image, now);
        SortedMap<String, String> freed = Addresses.freed(image);
        return given.isEmpty() && freed.isEmpty()
                ? Optional.empty()
                : Optional.of(Proposal.of(image.position(), new Allocated(given, freed)));
    }

    static Instant newest(List<LogRecord> records) {
        return records.getLast().time();
    }
}
