package io.weft.policy.plan;

import io.weft.policy.model.ClusterName;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one cluster has once, whatever the number of services.
 *
 * @param gatewayNamespace empty: no gateway
 * @param domains whose names the gateway passes on
 * @param callers namespaces whose workloads call global services
 */
public record ClusterPlan(
        ClusterName cluster,
        String gatewayNamespace,
        SortedMap<String, String> gatewaySelector,
        SortedSet<String> domains,
        SortedSet<String> callers) {}
