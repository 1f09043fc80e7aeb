package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.weft.protocol.v1.ReportKind;
import java.util.List;

/** What watches hold of a cluster at this moment. */
public interface ClusterView {
    List<Namespace> namespaces();

    List<Node> nodes();

    List<Service> services();

    List<Service> services(String namespace);

    List<Pod> pods(String namespace);

    List<Workload> workloads(String namespace);

    /** The mesh's own configuration, of every revision. */
    List<ConfigMap> meshConfigs();

    /** Pods of the mesh's control plane. */
    List<Pod> controlPlanePods();

    String kubernetesVersion();

    /** Why the kind is not known completely; empty when it is. A list that failed is never an empty list. */
    String incompleteReason(ReportKind kind);
}
