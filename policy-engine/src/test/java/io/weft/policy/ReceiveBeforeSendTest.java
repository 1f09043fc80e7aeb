package io.weft.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Invariant 14, with agents that take what they are sent, late and one by one: no cluster may call what the called
 * cluster's gateway does not answer, and no name goes away while somebody may call it. Checked in the objects
 * themselves: subsets of rules, and labels of endpoints.
 */
class ReceiveBeforeSendTest {
    private static final long SEEDS = Long.getLong("seeds", 40);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<ClusterName> CLUSTERS = RandomHistory.CLUSTERS;

    @Test
    void nobodyCallsWhatIsNotAnswered() {
        Set<String> reached = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) new Run(seed, reached).run();
        assertThat(reached).contains("call", "kept", "withdrawn");
    }

    private static final class Run {
        private final long seed;
        private final Set<String> reached;
        private final Dice dice;
        private final History history;
        private final Delivery delivery;
        private final RandomFacts facts;
        private final RandomChanges changes;
        private final Map<CompiledCluster, Set<GatewayName>> answers = new IdentityHashMap<>();
        private final Map<CompiledCluster, Set<Call>> calls = new IdentityHashMap<>();

        Run(long seed, Set<String> reached) {
            this.seed = seed;
            this.reached = reached;
            dice = new Dice(seed);
            history = History.shop(Samples.TENANT);
            delivery = new Delivery(history);
            facts = new RandomFacts(dice);
            changes = new RandomChanges(dice, history);
        }

        void run() {
            for (int i = 0; i < 80; i++) {
                step();
                check();
            }
            delivery.settle(CLUSTERS);
            check();
            for (ClusterName cluster : CLUSTERS) {
                TenantImage image = history.image();
                AckState state = image.acknowledged(cluster);
                CompiledCluster scratch = ScratchCompiler.compile(image, cluster);
                assertThat(delivery.compiler().compile(cluster).bundle().version())
                        .as("seed %d", seed)
                        .isEqualTo(scratch.bundle().version());
                assertThat(scratch.answers()).as("seed %d", seed).isEqualTo(state.answers());
                assertThat(scratch.calls()).as("seed %d", seed).isEqualTo(state.calls());
                assertThat(state.dropping()).as("seed %d", seed).isEmpty();
            }
        }

        private void step() {
            ClusterName cluster = dice.one(CLUSTERS);
            int die = dice.below(100);
            if (die < 35) {
                delivery.send(cluster);
            } else if (die < 70) {
                delivery.apply(cluster);
            } else if (die < 88) {
                observe(cluster);
            } else {
                int before = history.records().size();
                changes.step();
                List.copyOf(history.records().subList(before, history.records().size()))
                        .forEach(r -> {
                            if (r.entry() instanceof Changed c) c.tombstones().forEach(this::forget);
                        });
            }
            allocate();
        }

        /** What still calls a deleted cluster calls nobody; if the cluster comes back, it comes back empty. */
        private void forget(ResourceKey key) {
            for (ClusterName cluster : CLUSTERS) {
                if (!ResourceKey.cluster(cluster.value()).equals(key)) continue;
                delivery.forget(cluster);
                delivery.settle(
                        CLUSTERS.stream().filter(c -> !c.equals(cluster)).toList());
            }
        }

        /** As the hub has it: a service that others may call is not removed but gone; a gateway stays. */
        private void observe(ClusterName cluster) {
            if (history.image().resource(ResourceKey.cluster(cluster.value())).isEmpty()) return;
            FactChange change = facts.change(cluster, history.image().facts(cluster));
            Map<ServiceId, ServiceFact> puts = new TreeMap<>(change.servicePuts());
            Set<ServiceId> removals = new TreeSet<>(change.serviceRemovals());
            for (ServiceId id : change.serviceRemovals()) {
                ServiceFact fact = history.image().facts(cluster).services().get(id);
                if (fact != null && called(cluster, id.name())) {
                    removals.remove(id);
                    puts.put(id, io.weft.policy.facts.Fold.gone(fact));
                }
            }
            history.append(new Observed(
                    cluster,
                    1,
                    new FactChange(
                            change.namespacePuts(),
                            change.namespaceRemovals(),
                            new TreeMap<>(puts),
                            new TreeSet<>(removals),
                            null,
                            history.image().facts(cluster).capabilities().mesh().isEmpty()
                                    ? Samples.istio(cluster)
                                    : null)));
            if (history.image().facts(cluster).gateway().selector().isEmpty()) {
                history.observed(cluster, Samples.joined(cluster));
            }
        }

        private boolean called(ClusterName callee, String service) {
            return history.image().acknowledgements().values().stream()
                    .anyMatch(s -> s.calls().stream()
                            .anyMatch(c ->
                                    c.callee().equals(callee) && c.name().host().startsWith(service + ".")));
        }

        private void allocate() {
            int before = history.records().size();
            var lacking = new TreeSet<>(RandomAcknowledgements.HOSTS);
            lacking.removeAll(history.image().addresses().keySet());
            if (lacking.isEmpty()) return;
            history.append(new io.weft.policy.image.LogEntry.Allocated(
                    io.weft.policy.image.AddressRange.DEFAULT.allocate(history.image(), lacking, Samples.START),
                    new TreeMap<>()));
            assertThat(history.records()).hasSizeGreaterThan(before);
        }

        private void check() {
            for (ClusterName caller : CLUSTERS) {
                for (CompiledCluster bundle : delivery.inForce(caller)) {
                    for (Call call : calls.computeIfAbsent(bundle, b -> callsOf(caller, b))) {
                        reached.add("call");
                        for (CompiledCluster callee : delivery.inForce(call.callee())) {
                            assertThat(answers.computeIfAbsent(callee, Run::answersOf))
                                    .as(
                                            "seed %d, position %d: %s calls %s",
                                            seed, history.image().position(), caller, call)
                                    .contains(call.name());
                        }
                    }
                }
                AckState state = history.image().acknowledged(caller);
                if (!state.dropping().isEmpty()) reached.add("withdrawn");
                for (CompiledCluster bundle : delivery.inForce(caller)) {
                    for (BundleObject object : state.calls().isEmpty()
                            ? List.<BundleObject>of()
                            : bundle.bundle().objects()) {
                        if (!new String(object.canonical(), StandardCharsets.UTF_8).contains("weft.io/resource")) {
                            reached.add("kept");
                        }
                    }
                }
            }
        }

        /** Names that the objects of a gateway answer. */
        private static Set<GatewayName> answersOf(CompiledCluster cluster) {
            Set<GatewayName> names = new HashSet<>();
            Map<String, List<Integer>> ports = new TreeMap<>();
            List<JsonNode> objects = objects(cluster);
            for (JsonNode object : objects) {
                if (!object.at("/kind").asString().equals("ServiceEntry")
                        || !object.at("/spec/exportTo").toString().contains("istio-system")) continue;
                List<Integer> numbers = new ArrayList<>();
                object.at("/spec/ports")
                        .forEach(port -> numbers.add(port.get("number").asInt()));
                ports.put(object.at("/spec/hosts/0").asString(), numbers);
            }
            for (JsonNode object : objects) {
                if (!object.at("/metadata/name").asString().startsWith("weft-gateway-")) continue;
                String host = object.at("/spec/host").asString();
                for (JsonNode subset : object.at("/spec/subsets")) {
                    for (int port : ports.getOrDefault(host, List.of())) {
                        names.add(new GatewayName(host, port, subset.get("name").asString()));
                    }
                }
            }
            return names;
        }

        /** Names by which the objects of a cluster may call others. */
        private static Set<Call> callsOf(ClusterName caller, CompiledCluster cluster) {
            Set<Call> calls = new HashSet<>();
            List<JsonNode> objects = objects(cluster);
            for (JsonNode remote : objects) {
                if (!remote.at("/metadata/name").asString().endsWith("-remote")) continue;
                String host = remote.at("/spec/hosts/0").asString();
                for (JsonNode rule : objects) {
                    boolean ofHost = rule.at("/kind").asString().equals("DestinationRule")
                            && rule.at("/spec/host").asString().equals(host)
                            && !rule.at("/metadata/name").asString().startsWith("weft-gateway-");
                    if (!ofHost) continue;
                    for (JsonNode subset : rule.at("/spec/subsets")) {
                        for (JsonNode endpoint : remote.at("/spec/endpoints")) {
                            JsonNode wanted = subset.at("/labels/version");
                            if (!wanted.isMissingNode() && !wanted.equals(endpoint.at("/labels/version"))) continue;
                            ClusterName callee = new ClusterName(endpoint.get("labels")
                                    .get("weft.io/cluster")
                                    .asString());
                            for (JsonNode port : remote.at("/spec/ports")) {
                                calls.add(new Call(
                                        callee,
                                        new GatewayName(
                                                host,
                                                port.get("number").asInt(),
                                                subset.get("name").asString())));
                            }
                        }
                    }
                }
            }
            assertThat(cluster.calls()).as("calls of %s", caller).containsAll(calls);
            return calls;
        }

        private static List<JsonNode> objects(CompiledCluster cluster) {
            return cluster.bundle().objects().stream()
                    .map(o -> JSON.readTree(o.canonical()))
                    .toList();
        }
    }
}
