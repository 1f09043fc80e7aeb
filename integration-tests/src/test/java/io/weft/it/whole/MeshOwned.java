package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.weft.it.real.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The objects of the mesh in a cluster that carry Weft's label. */
final class MeshOwned {
    private static final Map<String, String> PLURALS = Map.of(
            "ServiceEntry",
            "serviceentries",
            "DestinationRule",
            "destinationrules",
            "VirtualService",
            "virtualservices",
            "Gateway",
            "gateways",
            "EnvoyFilter",
            "envoyfilters");

    private MeshOwned() {}

    /** All, as {@code Kind/namespace/name}. */
    static List<String> in(ControlPlane plane) {
        return PLURALS.values().stream()
                .flatMap(plural -> items(plane, plural))
                .map(item -> item.getKind() + "/" + item.getMetadata().getNamespace() + "/"
                        + item.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** By hand, behind the agent's back. */
    static void delete(ControlPlane plane, String plural) {
        resources(plane, plural).delete();
    }

    /** The weights of the last rule of the routes that name this service. */
    static List<Integer> weights(ControlPlane plane, String service) {
        return items(plane, "virtualservices")
                .map(item -> json(item).path("spec"))
                .filter(spec -> spec.path("hosts").path(0).asString("").startsWith(service + "."))
                .map(spec -> spec.path("http"))
                .map(rules -> rules.path(rules.size() - 1).path("route"))
                .flatMap(JsonNode::valueStream)
                .map(route -> route.path("weight").asInt())
                .toList();
    }

    /** The object is in the cluster with the specification that it should have. */
    static void assertThere(ControlPlane plane, JsonNode wanted) {
        String kind = wanted.path("kind").asString();
        String name = wanted.path("metadata").path("name").asString();
        String namespace = wanted.path("metadata").path("namespace").asString();
        String plural = PLURALS.get(kind);
        assertThat(plural).as(kind).isNotNull();
        JsonNode found = JsonMapper.shared()
                .readTree(plane.api()
                        .request(
                                "GET",
                                "/apis/" + wanted.path("apiVersion").asString() + "/namespaces/" + namespace + "/"
                                        + plural + "/" + name,
                                "application/json",
                                ""));
        assertThat(found.path("spec")).as(kind + " " + namespace + "/" + name).isEqualTo(wanted.path("spec"));
    }

    private static JsonNode json(GenericKubernetesResource item) {
        return JsonMapper.shared().readTree(Serialization.asJson(item));
    }

    private static Stream<GenericKubernetesResource> items(ControlPlane plane, String plural) {
        return resources(plane, plural).list().getItems().stream();
    }

    private static FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            resources(ControlPlane plane, String plural) {
        return plane.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup("networking.istio.io")
                        .withVersion(plural.equals("envoyfilters") ? "v1alpha3" : "v1")
                        .withPlural(plural)
                        .withNamespaced(true)
                        .build())
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/managed-by", "weft");
    }
}
