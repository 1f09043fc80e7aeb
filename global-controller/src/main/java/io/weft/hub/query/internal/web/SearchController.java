package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.inventory.InventorySearch;
import io.weft.hub.inventory.InventorySearch.Hit;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.query.internal.GlobalServiceJson;
import io.weft.hub.query.internal.ServiceCatalogue;
import io.weft.hub.world.Replicas;
import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import io.weft.protocol.v1.ReportKind;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds by name what is declared, what comes of it and what is observed: the nearest names first. */
@RestController
class SearchController {
    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    private final Replicas replicas;
    private final ServiceCatalogue catalogue;
    private final InventorySearch inventory;

    /** @param also another name that it is found by */
    private record Found(String name, String also, ObjectNode hit) {
        boolean has(String text) {
            return lower(name).contains(text) || lower(also).contains(text);
        }

        /** 0 for the very name, 1 for its beginning, 2 for a part of it. */
        int distance(String text) {
            return lower(name).equals(text) ? 0 : lower(name).startsWith(text) ? 1 : 2;
        }
    }

    SearchController(Replicas replicas, ServiceCatalogue catalogue, InventorySearch inventory) {
        this.replicas = replicas;
        this.catalogue = catalogue;
        this.inventory = inventory;
    }

    @GetMapping("/api/v1/tenants/{tenant}/search")
    ObjectNode search(
            TenantCaller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String limit) {
        caller.require(Permission.READ);
        if (q == null || q.isBlank() || q.length() > Token.LONGEST_TEXT || q.indexOf(0) >= 0) {
            throw PageRequest.wrong(
                    "q", "missing or too long", "1 to " + Token.LONGEST_TEXT + " characters of a name", null);
        }
        int most = limit == null ? DEFAULT : (int) PageRequest.number("limit", limit);
        if (most < 1 || most > MOST) throw PageRequest.wrong("limit", String.valueOf(limit), "1 to " + MOST, null);
        String text = lower(q.strip());
        TenantImage image = replicas.of(caller.tenant()).image();
        Stream<Found> known = Stream.concat(
                image.resources().values().stream().map(SearchController::resource),
                catalogue.of(image).values().stream()
                        .flatMap(services -> services.values().stream())
                        .map(SearchController::service));
        Stream<Found> observed =
                inventory.named(caller.tenant(), text, most).stream().map(SearchController::observed);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        Stream.concat(known.filter(found -> found.has(text)), observed)
                .sorted(Comparator.comparingInt((Found found) -> found.distance(text)))
                .limit(most)
                .forEach(found -> items.add(found.hit()));
        return answer;
    }

    private static Found resource(Resource resource) {
        ObjectNode hit = hit(resource.key().kind().wireName(), resource.key().name());
        resource.key().globalNamespace().ifPresent(gns -> hit.put("globalNamespace", gns.value()));
        String also = switch (resource) {
            case Resource.Cluster cluster -> cluster.spec().displayName();
            case Resource.GlobalNamespace gns ->
                gns.spec().displayName() + " " + gns.spec().domain();
            case Resource.TrafficRoute route -> route.spec().target();
        };
        String detail = switch (resource) {
            case Resource.Cluster cluster -> cluster.spec().displayName();
            case Resource.GlobalNamespace gns -> gns.spec().domain();
            case Resource.TrafficRoute route -> "of " + route.spec().target();
        };
        return new Found(resource.key().name(), also, hit.put("detail", detail));
    }

    private static Found service(GlobalService service) {
        ObjectNode hit = hit("GlobalService", service.name());
        hit.put("globalNamespace", service.globalNamespace().value());
        hit.put("detail", service.host() + ", " + GlobalServiceJson.instances(service) + " instances");
        return new Found(service.name(), service.host(), hit);
    }

    private static Found observed(Hit found) {
        String kind = found.kind() == ReportKind.REPORT_KIND_NODE
                ? "Node"
                : found.kind() == ReportKind.REPORT_KIND_GATEWAY ? "Gateway" : "Service";
        ObjectNode hit = hit(kind, found.name()).put("cluster", found.cluster().value());
        if (!found.namespace().isEmpty()) hit.put("namespace", found.namespace());
        String where = found.namespace().isEmpty() ? "" : found.namespace() + " in ";
        return new Found(found.name(), "", hit.put("detail", where + found.cluster()));
    }

    private static ObjectNode hit(String kind, String name) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
