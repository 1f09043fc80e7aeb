package io.weft.policy.validate;

import io.weft.policy.Samples;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.Metadata;
import io.weft.policy.model.Resource;
import io.weft.policy.model.TrafficRouteSpec;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sample documents, with single quotes for double ones. */
final class Documents {
    /** A Cluster with everything that is built. */
    static final String CLUSTER = """
            {'apiVersion': 'weft.io/v1', 'kind': 'Cluster',
             'metadata': {'name': 'east', 'labels': {'team': 'a', 'weft.io/x': ''}, 'annotations': {'note': 'any text: ü'}},
             'spec': {'displayName': 'East', 'description': 'The first', 'labels': {'tier': 'prod'}, 'provider': 'metal',
               'region': 'eu-1', 'network': 'east-net', 'meshKind': 'Istio',
               'namespaceInclusions': [{'op': 'Prefix', 'value': 'shop'}, {'value': 'depot'}],
               'namespaceExclusions': [{'op': 'Regex', 'value': 'shop-(test|dev)'}, {'op': 'Suffix', 'value': '-old'}]}}
            """;

    /** A GlobalNamespace with everything that is built. */
    static final String GLOBAL_NAMESPACE = """
            {'apiVersion': 'weft.io/v1', 'kind': 'GlobalNamespace', 'metadata': {'name': 'shop'},
             'spec': {'displayName': 'Shop', 'description': 'Sells', 'domain': 'shop.example', 'mtls': 'Strict',
               'color': '#0a0B0c', 'members': [
                 {'clusterSelector': {'matchLabels': {'tier': 'prod'},
                    'matchExpressions': [{'key': 'region', 'operator': 'In', 'values': ['a', 'b']},
                                         {'key': 'old', 'operator': 'DoesNotExist'}]},
                  'namespaceSelector': [{'field': 'name', 'op': 'Exact', 'value': 'shop'}],
                  'serviceSelector': {}},
                 {'namespaceSelector': {}}]}}
            """;

    /** A TrafficRoute with everything that is built. */
    static final String TRAFFIC_ROUTE = """
            {'apiVersion': 'weft.io/v1', 'kind': 'TrafficRoute', 'metadata': {'name': 'cart', 'globalNamespace': 'shop'},
             'spec': {'description': 'A canary', 'target': 'cart', 'rules': [
               {'name': 'testers', 'timeout': '10s', 'retries': {'attempts': 2, 'perTryTimeout': '1500ms', 'on': '5xx,reset'},
                'matches': [{'path': {'op': 'Prefix', 'value': '/cart'}, 'method': 'GET',
                   'headers': [{'name': 'x-user', 'op': 'Regex', 'value': 't.*'}],
                   'queryParams': [{'name': 'debug', 'value': '1'}]}, {'method': 'PUT'}],
                'split': [{'version': 'v2', 'weight': 100}]},
               {'timeout': 'PT0.0015S', 'split': [
                 {'version': '1.2.3', 'cluster': 'east', 'weight': 90}, {'cluster': 'west', 'weight': 10}]}]}}
            """;

    static final List<String> ALL = List.of(CLUSTER, GLOBAL_NAMESPACE, TRAFFIC_ROUTE);

    private Documents() {}

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    static Resource resource(Document.Read read) {
        Metadata metadata = new Metadata(
                read.labels(), read.annotations(), 3, 7, Samples.START, Samples.START.plusSeconds(1), "ada");
        return switch (read.spec()) {
            case ClusterSpec spec -> new Resource.Cluster(read.key(), metadata, spec);
            case GlobalNamespaceSpec spec -> new Resource.GlobalNamespace(read.key(), metadata, spec);
            case TrafficRouteSpec spec -> new Resource.TrafficRoute(read.key(), metadata, spec);
            default -> throw new AssertionError(read.spec());
        };
    }
}
