package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.inventory.InventoryStore;
import io.weft.hub.inventory.InventoryStore.Row;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.InventoryKinds;
import io.weft.hub.query.internal.MessageJson;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
    private final InventoryStore store;

    InventoryController(InventoryStore store) {
        this.store = store;
    }

    @GetMapping("/api/v1/tenants/{tenant}/inventory/{kind}")
    ObjectNode list(
            TenantCaller caller,
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String after) {
        caller.require(Permission.READ);
        ReportKind of = InventoryKinds.of(kind).orElseThrow(ProblemException::notFound);
        int most = PageRequest.limit(limit);
        String[] last = after == null ? new String[] {"", ""} : decode(after);
        List<Row> rows = store.list(
                caller.tenant(),
                of,
                Optional.ofNullable(cluster).map(name -> name("cluster", name)),
                last[0].isEmpty() ? Optional.empty() : Optional.of(name("continue", last[0])),
                last[1],
                most + 1);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        rows.stream().limit(most).forEach(row -> items.add(item(row)));
        if (rows.size() > most) answer.put("continue", encode(rows.get(most - 1)));
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

    private static ClusterName name(String parameter, String name) {
        try {
            return new ClusterName(name);
        } catch (IllegalArgumentException e) {
            throw PageRequest.wrong(parameter, name, "the name of a cluster", e);
        }
    }

    private static String encode(Row row) {
        String place = row.cluster() + "\n" + row.item().getKey();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] decode(String next) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8).split("\n", 2);
            if (parts.length == 2) return parts;
        } catch (IllegalArgumentException e) {
            throw PageRequest.wrong("continue", next, "what the page before answered", e);
        }
        throw PageRequest.wrong("continue", next, "what the page before answered", null);
    }
}
