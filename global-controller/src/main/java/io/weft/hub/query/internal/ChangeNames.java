package io.weft.hub.query.internal;

import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogRecord;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record of the log as the stream tells it: what changed, never how. */
final class ChangeNames {
    private ChangeNames() {}

    static ObjectNode of(LogRecord record) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("position", record.position());
        out.put("time", record.time().toString());
        switch (record.entry()) {
            case LogEntry.Changed e -> {
                out.put("type", "changed").put("revision", e.revision()).put("by", e.by());
                ArrayNode puts = out.putArray("put");
                e.puts().forEach(put -> puts.add(put.key().toString()));
                ArrayNode deleted = out.putArray("deleted");
                e.tombstones().forEach(key -> deleted.add(key.toString()));
                ArrayNode memberships = out.putArray("memberships");
                e.memberships().keySet().forEach(gns -> memberships.add(gns.value()));
            }
            case LogEntry.Observed e ->
                out.put("type", "observed").put("cluster", e.cluster().value());
            case LogEntry.Acknowledged e ->
                out.put("type", "acknowledged").put("cluster", e.cluster().value());
            case LogEntry.Judged e ->
                out.put("type", "judged").put("cluster", e.cluster().value());
            case LogEntry.Released e ->
                out.put("type", "released").put("scope", e.scope().value());
            case LogEntry.Allocated e -> out.put("type", "allocated");
        }
        return out;
    }
}
