package io.weft.hub.query.internal.openapi;

import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.Kind;
import io.weft.policy.model.TrafficRouteSpec;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The named schemas. */
final class Schemas {
    private static final JsonMapper JSON = new JsonMapper();

    private Schemas() {}

    static ObjectNode all() {
        ObjectNode all = (ObjectNode) JSON.readTree("""
                {
                  "Any": {"type": "object"},
                  "Problem": {"type": "object", "description": "RFC 9457", "required": ["title", "status"], "properties": {
                    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "violations": {"type": "array", "items": {"$ref": "#/components/schemas/Violation"}}}},
                  "Violation": {"type": "object", "required": ["pointer", "message", "expected"], "properties": {
                    "pointer": {"type": "string"},
                    "value": {"type": ["string", "null"], "description": "what stood there, as JSON"},
                    "message": {"type": "string"}, "expected": {"type": "string"}}},
                  "Metadata": {"type": "object", "additionalProperties": false,
                    "required": ["name", "generation", "revision", "createdAt", "updatedAt", "createdBy"], "properties": {
                    "name": {"type": "string"}, "globalNamespace": {"type": "string"},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
                    "generation": {"type": "integer"}, "revision": {"type": "integer"},
                    "createdAt": {"type": "string", "format": "date-time"},
                    "updatedAt": {"type": "string", "format": "date-time"},
                    "createdBy": {"type": "string"}}},
                  "MetadataDocument": {"type": "object", "additionalProperties": false,
                    "description": "what the hub alone decides may stand there, as it was answered, and is ignored",
                    "properties": {
                    "name": {"type": "string"}, "globalNamespace": {"type": "string"},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
                    "generation": {"type": "integer"}, "revision": {"type": "integer"},
                    "createdAt": {"type": "string", "format": "date-time"},
                    "updatedAt": {"type": "string", "format": "date-time"},
                    "createdBy": {"type": "string"}}},
                  "Condition": {"type": "object", "required": ["type", "status", "reason", "message", "time"], "properties": {
                    "type": {"type": "string"}, "status": {"enum": ["True", "False", "Unknown"]},
                    "reason": {"type": "string"}, "message": {"type": "string"},
                    "time": {"type": "string", "format": "date-time"}}},
                  "Status": {"type": "object", "readOnly": true, "required": ["observedGeneration", "conditions"], "properties": {
                    "observedGeneration": {"type": "integer"},
                    "conditions": {"type": "array", "items": {"$ref": "#/components/schemas/Condition"}},
                    "problems": {"type": "integer", "description": "how many kinds of error or warning it has in the clusters"},
                    "clusters": {"type": "array", "description": "only of a single resource",
                      "items": {"$ref": "#/components/schemas/ClusterState"}}}},
                  "Me": {"type": "object", "required": ["subject", "kind", "platformAdministrator", "tenants"], "properties": {
                    "subject": {"type": "string"}, "kind": {"enum": ["token", "user"]},
                    "platformAdministrator": {"type": "boolean"},
                    "tenants": {"type": "array", "items": {"type": "object", "properties": {
                      "name": {"type": "string"}, "roles": {"type": "array", "items": {"type": "string"}}},
                      "required": ["name", "roles"]}}}},
                  "Tenant": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string"}, "displayName": {"type": "string"},
                    "createdAt": {"type": "string", "format": "date-time"}}},
                  "Tenants": {"type": "object", "required": ["items"], "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Tenant"}}}},
                  "NewTenant": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
                    "name": {"type": "string"}, "displayName": {"type": "string"}}},
                  "MadeTenant": {"type": "object", "properties": {
                    "tenant": {"$ref": "#/components/schemas/Tenant"}, "token": {"$ref": "#/components/schemas/Token"}}},
                  "Token": {"type": "object", "required": ["id", "name", "role", "createdAt", "createdBy"], "properties": {
                    "id": {"type": "string"}, "name": {"type": "string"}, "role": {"type": "string"},
                    "createdAt": {"type": "string", "format": "date-time"}, "createdBy": {"type": "string"},
                    "expiresAt": {"type": "string", "format": "date-time"},
                    "lastUsedAt": {"type": "string", "format": "date-time"},
                    "token": {"type": "string", "description": "only in the answer that made it"}}},
                  "Tokens": {"type": "object", "required": ["items"], "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Token"}}}},
                  "NewToken": {"type": "object", "additionalProperties": false, "required": ["name", "role"], "properties": {
                    "name": {"type": "string"}, "role": {"enum": ["viewer", "operator", "editor", "admin", "auditor"]},
                    "expiresAt": {"type": "string", "format": "date-time"}}},
                  "AuditRecord": {"type": "object", "properties": {
                    "sequence": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
                    "actor": {"type": "string"}, "action": {"type": "string"}, "target": {"type": "string"},
                    "source": {"type": "string"}, "request": {"type": "string"}, "position": {"type": "integer"},
                    "times": {"type": "integer"}, "detail": {"type": "object"}, "parent": {"type": "string"},
                    "hash": {"type": "string"}}},
                  "AuditRecords": {"type": "object", "required": ["items"], "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/AuditRecord"}},
                    "continue": {"type": "string"}}},
                  "AuditVerification": {"type": "object", "properties": {
                    "records": {"type": "integer"}, "brokenAt": {"type": ["integer", "null"]}}},
                  "Documents": {"description": "one resource or a list of them; in YAML, as many documents", "oneOf": [
                    {"type": "object"}, {"type": "array", "items": {"type": "object"}}]},
                  "Result": {"type": "object", "required": ["key", "effect"], "properties": {
                    "key": {"type": "string"}, "effect": {"enum": ["created", "configured", "unchanged", "deleted"]},
                    "resource": {"type": "object"}}},
                  "Applied": {"type": "object", "required": ["revision", "resources"], "properties": {
                    "revision": {"type": "integer"},
                    "resources": {"type": "array", "items": {"$ref": "#/components/schemas/Result"}}}},
                  "ObjectChange": {"type": "object", "required": ["change", "object"], "properties": {
                    "change": {"enum": ["added", "changed", "removed"]}, "object": {"type": "string"},
                    "before": {"type": "object"}, "after": {"type": "object"}}},
                  "ClusterDiff": {"type": "object", "required": ["cluster", "objects", "findings"], "properties": {
                    "cluster": {"type": "string"},
                    "objects": {"type": "array", "items": {"$ref": "#/components/schemas/ObjectChange"}},
                    "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}}},
                  "DryRun": {"type": "object", "required": ["dryRun", "position", "revision", "resources", "clusters"], "properties": {
                    "dryRun": {"const": true}, "position": {"type": "integer"}, "revision": {"type": "integer"},
                    "resources": {"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
                    "clusters": {"type": "array", "items": {"$ref": "#/components/schemas/ClusterDiff"}}}},
                  "ClusterState": {"type": "object", "required": ["cluster", "state", "connected", "refusals"], "properties": {
                    "cluster": {"type": "string"},
                    "state": {"$ref": "#/components/schemas/ChangeState"},
                    "connected": {"type": "boolean"}, "reason": {"type": "string"}, "version": {"type": "string"},
                    "refusals": {"type": "object", "additionalProperties": {"type": "string"}}}},
                  "ClusterBundle": {"type": "object", "required": ["cluster", "version", "position", "objects", "connected", "liveness", "refusals", "findings"], "properties": {
                    "cluster": {"type": "string"}, "version": {"type": "string"}, "position": {"type": "integer"},
                    "objects": {"type": "integer"}, "connected": {"type": "boolean"},
                    "since": {"type": "string", "format": "date-time"},
                    "liveness": {"enum": ["connected", "suspect", "lost"]}, "livenessReason": {"type": "string"},
                    "refusals": {"type": "object", "additionalProperties": {"type": "string"}},
                    "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}}},
                  "ClusterObjects": {"type": "object", "required": ["version", "items"], "properties": {
                    "version": {"type": "string"}, "items": {"type": "array", "items": {"type": "object"}},
                    "continue": {"type": "string"}}},
                  "Version": {"type": "object", "required": ["revision", "at", "by", "generation", "document"], "properties": {
                    "revision": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
                    "by": {"type": "string"}, "generation": {"type": "integer"},
                    "document": {"type": ["object", "null"], "description": "null where it was deleted"}}},
                  "History": {"type": "object", "required": ["items"], "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Version"}}, "continue": {"type": "string"}}},
                  "Deleted": {"type": "object", "required": ["kind", "name", "revision"], "properties": {
                    "kind": {"type": "string"}, "name": {"type": "string"}, "revision": {"type": "integer"}}},
                  "Validity": {"type": "object", "additionalProperties": false, "properties": {
                    "validSeconds": {"type": "integer", "minimum": 60, "maximum": 604800, "default": 3600}}},
                  "JoinToken": {"type": "object", "required": ["cluster", "token", "expiresAt"], "properties": {
                    "cluster": {"type": "string"}, "token": {"type": "string"},
                    "expiresAt": {"type": "string", "format": "date-time"}}},
                  "Manifest": {"type": "string", "description": "YAML, to be applied to the cluster"},
                  "Reason": {"type": "object", "additionalProperties": false, "properties": {"reason": {"type": "string"}}},
                  "Revoked": {"type": "object", "required": ["cluster", "revokedAt"], "properties": {
                    "cluster": {"type": "string"}, "revokedAt": {"type": "string", "format": "date-time"}}}
                }""");
        all.setAll(ViewSchemas.all());
        for (Kind kind : Kind.values()) {
            all.set(kind.wireName(), answered(kind, status(kind)));
            all.set(kind.wireName() + "Written", answered(kind, "Status"));
            all.set(kind.wireName() + "Document", resource(kind, "MetadataDocument", "Any"));
            all.set(kind.wireName() + "List", list(kind));
        }
        return all;
    }

    private static ObjectNode answered(Kind kind, String status) {
        ObjectNode schema = resource(kind, "Metadata", status);
        ArrayNode required = schema.putArray("required");
        List.of("apiVersion", "kind", "metadata", "spec", "status").forEach(required::add);
        return schema;
    }

    private static String status(Kind kind) {
        return switch (kind) {
            case CLUSTER -> "ClusterResourceStatus";
            case GLOBAL_NAMESPACE -> "GlobalNamespaceResourceStatus";
            case TRAFFIC_ROUTE -> "Status";
        };
    }

    private static ObjectNode resource(Kind kind, String metadata, String status) {
        ObjectNode schema = RecordSchema.typed("object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("apiVersion").put("const", "weft.io/v1");
        properties.putObject("kind").put("const", kind.wireName());
        properties.set("metadata", reference(metadata));
        properties.set(
                "spec",
                RecordSchema.of(
                        switch (kind) {
                            case CLUSTER -> ClusterSpec.class;
                            case GLOBAL_NAMESPACE -> GlobalNamespaceSpec.class;
                            case TRAFFIC_ROUTE -> TrafficRouteSpec.class;
                        }));
        properties.set("status", reference(status));
        return schema;
    }

    private static ObjectNode list(Kind kind) {
        ObjectNode schema = RecordSchema.typed("object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", reference(kind.wireName()));
        properties.putObject("total").put("type", "integer");
        properties.putObject("continue").put("type", "string");
        schema.putArray("required").add("items").add("total");
        return schema;
    }

    static ObjectNode reference(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
    }
}
