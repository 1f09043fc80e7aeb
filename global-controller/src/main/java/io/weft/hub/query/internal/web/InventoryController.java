package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.inventory.InventorySearch;
import io.weft.hub.inventory.InventorySearch.Page;
import io.weft.hub.inventory.InventorySearch.Place;
import io.weft.hub.inventory.InventorySearch.Query;
import io.weft.hub.inventory.InventorySearch.Sort;
import io.weft.hub.inventory.InventoryStore.Row;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.InventoryKinds;
import io.weft.hub.query.internal.MessageJson;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What agents observe, as they reported it. Every row says when it last changed, and whether it is stale. */
@RestController
class InventoryController {
    private final InventorySearch search;

    InventoryController(InventorySearch search) {
        this.search = search;
    }

    @GetMapping("/api/v1/tenants/{tenant}/inventory/{kind}")
    ObjectNode list(
            TenantCaller caller,
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable String namespace,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String after) {
        caller.require(Permission.READ);
        ReportKind of = InventoryKinds.of(kind).orElseThrow(ProblemException::notFound);
        boolean descending = sort != null && sort.startsWith("-");
        Sort by = sort(sort == null ? "cluster" : descending ? sort.substring(1) : sort);
        Query query = new Query(
                of,
                cluster == null ? "" : name(cluster),
                text("namespace", namespace),
                text("q", q),
                by,
                descending,
                after == null ? null : place(after, by),
                PageRequest.limit(limit));
        Page page = search.page(caller.tenant(), query);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        page.rows().forEach(row -> items.add(item(row)));
        answer.put("total", page.total());
        Place next = page.next();
        if (next != null) answer.put("continue", Token.of(next.sorted(), next.cluster(), next.key()));
        return answer;
    }

    private static ObjectNode item(Row row) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("cluster", row.cluster().value());
        ReportItem item = row.item();
        ObjectNode observed = switch (item.getItemCase()) {
            case NAMESPACE -> MessageJson.of(item.getNamespace());
            case SERVICE -> MessageJson.of(item.getService());
            case VERSION -> MessageJson.of(item.getVersion());
            case INSTANCE -> MessageJson.of(item.getInstance());
            case NODE -> MessageJson.of(item.getNode());
            case GATEWAY -> MessageJson.of(item.getGateway());
            case MESH -> MessageJson.of(item.getMesh());
            case ITEM_NOT_SET -> JsonNodeFactory.instance.objectNode();
        };
        observed.properties().forEach(field -> out.set(field.getKey(), field.getValue()));
        out.put("stale", row.stale());
        out.put("changedAt", row.changed().toString());
        return out;
    }

    private static Sort sort(String field) {
        return switch (field) {
            case "name" -> Sort.NAME;
            case "namespace" -> Sort.NAMESPACE;
            case "cluster" -> Sort.CLUSTER;
            case "changedAt" -> Sort.CHANGED_AT;
            default ->
                throw PageRequest.wrong(
                        "sort",
                        field,
                        "name, namespace, cluster or changedAt, with - before it for the other way",
                        null);
        };
    }

    private static Place place(String token, Sort by) {
        String[] parts = Token.read(token, 3);
        try {
            if (by == Sort.CHANGED_AT) OffsetDateTime.parse(parts[0]);
        } catch (DateTimeException e) {
            throw PageRequest.wrong("continue", token, "what the page before answered, of the same sort", e);
        }
        return new Place(parts[0], parts[1], parts[2]);
    }

    private static String text(String parameter, @Nullable String text) {
        if (text == null) return "";
        if (text.length() <= Token.LONGEST_TEXT && text.indexOf(0) < 0) return text;
        throw PageRequest.wrong(parameter, "too long", "up to " + Token.LONGEST_TEXT + " characters", null);
    }

    private static String name(String name) {
        try {
            return new ClusterName(name).value();
        } catch (IllegalArgumentException e) {
            throw PageRequest.wrong("cluster", name, "the name of a cluster", e);
        }
    }
}
