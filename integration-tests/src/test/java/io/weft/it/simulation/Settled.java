package io.weft.it.simulation;

import io.weft.agent.memory.StoredBundle;
import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.AckState;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold once nothing went wrong for a while. */
final class Settled {
    private final Simulation simulation;

    Settled(Simulation simulation) {
        this.simulation = simulation;
    }

    void check() {
        if (simulation.store().head(Simulation.TENANT).frozen()) {
            throw new BrokenInvariant(Invariant.NOT_FROZEN, "the tenant is frozen");
        }
        TenantImage image = simulation.store().load(Simulation.TENANT);
        for (HubReplica replica : simulation.replicas()) {
            simulation.histories().saw(replica.host().name(), replica.replica().catchUp());
        }
        simulation.histories().saw("tables", image);
        for (SimulatedAgent agent : simulation.agents()) check(agent, image);
    }

    private static void check(SimulatedAgent agent, TenantImage image) {
        ClusterName name = agent.cluster().name();
        CompiledCluster wanted = ScratchCompiler.compile(image, name);
        StoredBundle stored = agent.stored();
        String version = wanted.bundle().version().hex();
        if (!stored.version().isNone() && !stored.found().equals(stored.version())) {
            throw new BrokenInvariant(Invariant.DELTAS_ARE_WHOLE, name + " holds other objects than its version says");
        }
        if (stored.version().isNone() || !stored.version().hex().equals(version)) {
            throw new BrokenInvariant(
                    Invariant.CONVERGES,
                    name + " holds " + stored.version() + " of " + stored.place() + ", released is "
                            + version.substring(0, 12) + " at " + image.position());
        }
        if (!agent.heldBack()) {
            objects(agent, wanted);
            acknowledged(name, wanted, image.acknowledged(name));
        }
        facts(agent, image);
    }

    private static void objects(SimulatedAgent agent, CompiledCluster wanted) {
        ClusterName name = agent.cluster().name();
        Map<ObjectKey, JsonNode> there = agent.objects().all();
        for (BundleObject object : wanted.bundle().objects()) {
            JsonNode json = there.get(object.key());
            JsonNode expected = JsonMapper.shared().readTree(object.canonical());
            if (json == null || !json.path("spec").equals(expected.path("spec"))) {
                throw new BrokenInvariant(Invariant.DELTAS_ARE_WHOLE, name + " has not " + object.key());
            }
        }
        if (there.size() != wanted.bundle().size()) {
            throw new BrokenInvariant(
                    Invariant.DELTAS_ARE_WHOLE, name + " has more than its bundle: " + there.keySet());
        }
    }

    private static void acknowledged(ClusterName name, CompiledCluster wanted, AckState state) {
        boolean equal = new TreeSet<>(state.answers()).equals(new TreeSet<>(wanted.answers()))
                && new TreeSet<>(state.calls()).equals(new TreeSet<>(wanted.calls()))
                && state.dropping().isEmpty();
        if (!equal) {
            throw new BrokenInvariant(
                    Invariant.ACKNOWLEDGED_IS_APPLIED,
                    name + " answers " + wanted.answers() + " and calls " + wanted.calls() + ", the log says " + state);
        }
    }

    private static void facts(SimulatedAgent agent, TenantImage image) {
        ClusterName name = agent.cluster().name();
        TreeSet<String> known = new TreeSet<>();
        image.facts(name).services().forEach((id, fact) -> {
            if (!fact.gone()) known.add(id.name());
        });
        if (!known.equals(new TreeSet<>(agent.cluster().services().keySet()))) {
            throw new BrokenInvariant(
                    Invariant.FACTS_ARE_TRUE,
                    name + " has " + agent.cluster().services().keySet() + ", the facts say " + known);
        }
    }
}
