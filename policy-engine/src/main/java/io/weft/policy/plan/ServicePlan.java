package io.weft.policy.plan;

import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster should do for one global service.
 *
 * @param address the virtual address; null: none (only kept names have none)
 * @param identities SPIFFE names of all its instances
 * @param local the back ends in this cluster; null: none that may be used
 * @param receive null when the gateway answers nothing of it
 * @param send null when nobody in this cluster calls it
 */
public record ServicePlan(
        ClusterName cluster,
        String host,
        @Nullable String address,
        SortedSet<String> identities,
        Provenance provenance,
        @Nullable Local local,
        @Nullable Receive receive,
        @Nullable Send send) {

    /**
     * Back ends of this cluster.
     *
     * @param callers namespaces that may call them by the global name; empty: only the gateway
     */
    public record Local(
            String namespace, SortedMap<String, String> selector, List<GlobalPort> ports, SortedSet<String> callers) {
        public Local {
            ports = List.copyOf(ports);
        }
    }

    /**
     * What the gateway answers.
     *
     * @param network of this cluster: a gateway forwards to nothing else
     */
    public record Receive(String namespace, SortedMap<String, String> selector, String network, List<Subset> subsets) {
        public Receive {
            subsets = List.copyOf(subsets);
        }
    }

    /**
     * How requests of this cluster find their way.
     *
     * @param namespace where the objects live: that of the local back ends, else Weft's own
     * @param callers namespaces that may call
     * @param remotePorts of {@code ports}, those on which other clusters are called
     * @param provenance of the routes
     */
    public record Send(
            String namespace,
            SortedSet<String> callers,
            List<GlobalPort> ports,
            List<GlobalPort> remotePorts,
            List<Subset> subsets,
            Provenance provenance,
            List<RulePlan> rules,
            List<RemoteEndpoint> remotes) {
        public Send {
            ports = List.copyOf(ports);
            remotePorts = List.copyOf(remotePorts);
            subsets = List.copyOf(subsets);
            rules = List.copyOf(rules);
            remotes = List.copyOf(remotes);
        }
    }

    /**
     * Instances under one name.
     *
     * @param version null: any
     * @param prefers whose instances come first; null: no preference (at a gateway)
     */
    public record Subset(
            String name, @Nullable String version, @Nullable ClusterName prefers) {}

    /**
     * A gateway of another cluster, as a stand-in for that cluster's instances.
     *
     * @param version of the instances; null: it may be reached by preference only
     * @param locality {@code region/zone}, or empty
     */
    public record RemoteEndpoint(
            ClusterName cluster,
            @Nullable String version,
            String address,
            int port,
            String network,
            String locality,
            int weight) {}
}
