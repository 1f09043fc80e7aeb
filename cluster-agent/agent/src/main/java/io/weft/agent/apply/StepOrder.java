package io.weft.agent.apply;

import io.weft.agent.apply.ApplyPlan.Remove;
import io.weft.agent.apply.ApplyPlan.Step;
import io.weft.agent.apply.ApplyPlan.Write;
import io.weft.policy.bundle.ObjectRank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order of the steps of a plan. What callers use is changed in up to four moves, so that in between no route names a
 * subset that is not there, and no subset meets a remote endpoint that the other cluster does not answer: remote
 * endpoints that go, go first; a rule keeps its old subsets beside the new ones until the routes have changed; remote
 * endpoints that come, come last.
 */
final class StepOrder {
    private static final int FIRST = Integer.MIN_VALUE;
    private static final int AFTER_ROUTES = ObjectRank.ROUTE + 1;
    private static final int LAST = Integer.MAX_VALUE;

    private final List<Placed> placed = new ArrayList<>();

    private record Placed(int place, Step step) {}

    void put(int rank, Step step) {
        ObservedObject over = step instanceof Write write ? write.over() : null;
        if (!(step instanceof Write write) || over == null) {
            place(rank, step);
        } else if (SendShape.isRule(write.document())) {
            rule(rank, write, over);
        } else if (SendShape.isRemoteEntry(write.document()) || SendShape.isRemoteEntry(over.json())) {
            remoteEntry(rank, write, over);
        } else {
            place(rank, step);
        }
    }

    /** Removals come in their order; of remote entries they come before all else. */
    void removal(Step step) {
        boolean remote = step instanceof Remove remove
                && SendShape.isRemoteEntry(remove.observed().json());
        place(remote ? FIRST : LAST, step);
    }

    List<Step> steps() {
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::place)) // stable
                .map(Placed::step)
                .toList();
    }

    private void place(int place, Step step) {
        placed.add(new Placed(place, step));
    }

    private void rule(int rank, Write write, ObservedObject over) {
        Set<String> wanted = new HashSet<>();
        SendShape.subsets(write.document())
                .forEach(subset -> wanted.add(subset.path("name").asString("")));
        List<JsonNode> going = new ArrayList<>();
        SendShape.subsets(over.json()).forEach(subset -> {
            if (!wanted.contains(subset.path("name").asString(""))) going.add(subset);
        });
        if (going.isEmpty()) {
            place(rank, write);
            return;
        }
        ObjectNode both = write.document().deepCopy();
        if (both.path("spec").path("subsets") instanceof ArrayNode subsets) going.forEach(subsets::add);
        else if (both.path("spec") instanceof ObjectNode spec)
            spec.putArray("subsets").addAll(going);
        place(rank, new Write(write.desired(), both, over));
        place(AFTER_ROUTES, again(write));
    }

    private void remoteEntry(int rank, Write write, ObservedObject over) {
        Set<SendShape.Endpoint> before = SendShape.endpoints(over.json());
        Set<SendShape.Endpoint> after = SendShape.endpoints(write.document());
        if (before.stream().allMatch(old -> stays(old, after))) {
            place(rank, write);
            return;
        }
        ObjectNode staying = write.document().deepCopy();
        if (staying.path("spec").path("endpoints") instanceof ArrayNode endpoints) {
            for (int i = endpoints.size() - 1; i >= 0; i--) {
                if (!known(SendShape.Endpoint.of(endpoints.get(i)), before)) endpoints.remove(i);
            }
        }
        // Even without endpoints it stays: callers that look up the name find it, and look-ups are slow to forget.
        place(FIRST, new Write(write.desired(), staying, over));
        if (!before.containsAll(after)) place(rank, again(write));
    }

    /**
     * An endpoint without a version is reachable by preference only, until the other cluster answers for its versions.
     * Then it gets one, and never goes in between: it may be the only one.
     */
    private static boolean stays(SendShape.Endpoint old, Set<SendShape.Endpoint> after) {
        return after.contains(old)
                || old.version().isEmpty()
                        && after.stream().anyMatch(now -> now.cluster().equals(old.cluster()));
    }

    /** Of a cluster that is called already, asking for no version asks for less. */
    private static boolean known(SendShape.Endpoint now, Set<SendShape.Endpoint> before) {
        return before.contains(now)
                || before.contains(new SendShape.Endpoint(now.cluster(), ""))
                || now.version().isEmpty()
                        && before.stream().anyMatch(old -> old.cluster().equals(now.cluster()));
    }

    /** Over whatever is there then. */
    private static Write again(Write write) {
        @Nullable ObservedObject whatever = null;
        return new Write(write.desired(), write.document(), whatever);
    }
}
