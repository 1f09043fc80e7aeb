package io.weft.hub.platform.log;

import io.weft.policy.image.Call;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Scope;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small entries and proposals for tests of the log. */
final class Entries {
    static final ClusterName EAST = new ClusterName("east");
    static final ClusterName WEST = new ClusterName("west");
    static final GatewayName CART = new GatewayName("cart.shop.example", 80, "v1");

    private Entries() {}

    static Changed changed(long revision) {
        return new Changed(revision, "ada", List.of(), new TreeSet<>(), new TreeMap<>());
    }

    static Released released(long revision) {
        return new Released(Scope.TENANT, revision, new TreeMap<>());
    }

    static Judged judged(ClusterName cluster, Liveness liveness) {
        return new Judged(cluster, liveness, null, "test");
    }

    static Observed observed(ClusterName cluster, long epoch) {
        TreeMap<String, Facts.NamespaceFact> namespaces = new TreeMap<>();
        namespaces.put("shop", new Facts.NamespaceFact(new TreeMap<>()));
        return new Observed(
                cluster,
                epoch,
                new FactChange(namespaces, new TreeSet<>(), new TreeMap<>(), new TreeSet<>(), null, null));
    }

    static Acknowledged answers(ClusterName cluster, long epoch) {
        return acknowledged(cluster, epoch, set(CART), set(), set());
    }

    static Acknowledged drops(ClusterName cluster, long epoch) {
        return acknowledged(cluster, epoch, set(), set(CART), set());
    }

    static Acknowledged calls(ClusterName cluster, long epoch, ClusterName callee) {
        return acknowledged(cluster, epoch, set(), set(), set(new Call(callee, CART)));
    }

    private static Acknowledged acknowledged(
            ClusterName cluster,
            long epoch,
            SortedSet<GatewayName> gained,
            SortedSet<GatewayName> dropping,
            SortedSet<Call> calls) {
        return new Acknowledged(
                cluster, epoch, gained, dropping, set(), calls, set(), new TreeMap<>(), new TreeSet<>());
    }

    /** A change as the API makes it: a revision, and its release. */
    static Proposal change(Head head, Attachment... attachments) {
        long revision = head.revision() + 1;
        return new Proposal(
                List.of(changed(revision), released(revision)),
                head.position(),
                OptionalLong.of(head.revision()),
                List.of(attachments));
    }

    @SafeVarargs
    private static <T extends Comparable<T>> SortedSet<T> set(T... items) {
        return new TreeSet<>(List.of(items));
    }
}
