package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.delivery.ClusterProgress;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.GlobalServiceJson;
import io.weft.hub.query.internal.ServiceCatalogue;
import io.weft.hub.world.Replicas;
import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The services that global namespaces make. */
@RestController
class GlobalServiceController {
    private static final String SERVICES = "/api/v1/tenants/{tenant}/global-services";

    /** @param sorted what is sorted by, as text that sorts so */
    private record Row(String sorted, String place, GlobalService service) {}

    private final Replicas replicas;
    private final DeliveryStatus delivery;
    private final ServiceCatalogue catalogue;

    GlobalServiceController(Replicas replicas, DeliveryStatus delivery, ServiceCatalogue catalogue) {
        this.replicas = replicas;
        this.delivery = delivery;
        this.catalogue = catalogue;
    }

    @GetMapping(SERVICES)
    ObjectNode list(
            TenantCaller caller,
            @RequestParam(required = false) @Nullable String globalNamespace,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String after) {
        caller.require(Permission.READ);
        int most = PageRequest.limit(limit);
        boolean descending = sort != null && sort.startsWith("-");
        Function<GlobalService, String> sorted = sorted(sort == null ? "name" : descending ? sort.substring(1) : sort);
        Comparator<Row> order = Comparator.comparing(Row::sorted).thenComparing(Row::place);
        if (descending) order = order.reversed();
        Comparator<Row> way = order;
        String text = q == null ? "" : q.toLowerCase(Locale.ROOT);
        List<Row> all = services(replicas.of(caller.tenant()).image(), globalNamespace)
                .filter(service -> service.host().contains(text))
                .filter(service -> cluster == null || isIn(service, cluster))
                .map(service -> new Row(sorted.apply(service), place(service), service))
                .sorted(order)
                .toList();
        Row last = after == null ? null : last(after);
        List<Row> found = all.stream()
                .filter(row -> last == null || way.compare(row, last) > 0)
                .limit(most + 1L)
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        found.stream().limit(most).forEach(row -> GlobalServiceJson.write(items.addObject(), row.service()));
        answer.put("total", all.size());
        if (found.size() > most) {
            Row end = found.get(most - 1);
            answer.put("continue", Token.of(end.sorted(), end.place()));
        }
        return answer;
    }

    @GetMapping(SERVICES + "/{gns}/{name}")
    ObjectNode one(TenantCaller caller, @PathVariable String gns, @PathVariable String name) {
        caller.require(Permission.READ);
        TenantImage image = replicas.of(caller.tenant()).image();
        GlobalService service = services(image, gns)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(ProblemException::notFound);
        SortedMap<ClusterName, ClusterProgress> progress = delivery.progress(caller.tenant());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        GlobalServiceJson.write(answer, service);
        GlobalServiceJson.writeDetail(
                answer,
                service,
                image,
                cluster -> progress.getOrDefault(cluster, ClusterProgress.NONE).connected());
        return answer;
    }

    private Stream<GlobalService> services(TenantImage image, @Nullable String gns) {
        SortedMap<GnsName, SortedMap<String, GlobalService>> all = catalogue.of(image);
        if (gns == null) return all.values().stream().map(Map::values).flatMap(each -> each.stream());
        try {
            return all.getOrDefault(new GnsName(gns), new TreeMap<>()).values().stream();
        } catch (IllegalArgumentException e) {
            return Stream.of(); // nothing has such a name
        }
    }

    private static boolean isIn(GlobalService service, String cluster) {
        return service.places().stream()
                .anyMatch(place -> place.cluster().value().equals(cluster));
    }

    private static String place(GlobalService service) {
        return service.name() + " " + service.globalNamespace();
    }

    private static Row last(String token) {
        String[] parts = Token.read(token, 2);
        return new Row(parts[0], parts[1], NOBODY);
    }

    /** Of a row that only says where a page begins. */
    private static final GlobalService NOBODY =
            new GlobalService(new GnsName("x"), "", "", null, List.of(), List.of(), null, List.of(), new TreeSet<>());

    private static Function<GlobalService, String> sorted(String field) {
        return switch (field) {
            case "name" -> service -> "";
            case "globalNamespace" -> service -> service.globalNamespace().value();
            case "clusters" -> service -> number(service.places().size());
            case "instances" -> service -> number(GlobalServiceJson.instances(service));
            default ->
                throw PageRequest.wrong(
                        "sort",
                        field,
                        "name, globalNamespace, clusters or instances, with - before it for the other way",
                        null);
        };
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%010d", number);
    }
}
