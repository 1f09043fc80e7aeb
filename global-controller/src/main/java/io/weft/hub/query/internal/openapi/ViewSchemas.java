package io.weft.hub.query.internal.openapi;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of what only shows: views over many resources and over what is observed. */
final class ViewSchemas {
    private static final JsonMapper JSON = new JsonMapper();

    private ViewSchemas() {}

    static ObjectNode all() {
        ObjectNode all = (ObjectNode) JSON.readTree(CLUSTERS);
        all.setAll((ObjectNode) JSON.readTree(SERVICES));
        all.setAll((ObjectNode) JSON.readTree(CHANGES));
        all.setAll(InventorySchemas.all());
        return all;
    }

    private static final String CLUSTERS = """
            {
              "ClusterPhase": {"type": "string", "description":
                "Waiting: never dialled. Connected: a session is open, nothing reported yet. Syncing: the newest configuration is not applied yet. Degraded: something was refused, drifted, is held by the brake or cannot be read.",
                "enum": ["Waiting", "Connected", "Syncing", "Ready", "Degraded", "Disconnected", "Revoked"]},
              "ClusterResourceStatus": {"allOf": [{"$ref": "#/components/schemas/Status"}, {"type": "object",
                "required": ["phase", "phaseDetail", "connected", "nodes", "services", "namespaces", "capabilities", "liveness", "simulated"],
                "properties": {
                  "phase": {"$ref": "#/components/schemas/ClusterPhase"},
                  "phaseDetail": {"type": "string", "description": "why it is in that phase, in a sentence"},
                  "connected": {"type": "boolean"},
                  "lastSeen": {"type": "string", "format": "date-time", "description": "now while it is connected; absent when it never was"},
                  "agentVersion": {"type": "string"},
                  "kubernetesVersion": {"type": "string"},
                  "mesh": {"type": "object", "required": ["kind", "version"], "properties": {
                    "kind": {"type": "string"}, "version": {"type": "string"}, "network": {"type": "string"}}},
                  "nodes": {"type": "integer"}, "services": {"type": "integer"}, "namespaces": {"type": "integer"},
                  "certificateExpiresAt": {"type": "string", "format": "date-time"},
                  "capabilities": {"type": "array", "items": {"type": "string"}},
                  "liveness": {"enum": ["connected", "suspect", "lost"]},
                  "simulated": {"type": "boolean", "description": "the cluster says so of itself"}}}]},
              "OnboardingStep": {"type": "object", "required": ["id", "state", "title", "detail"], "properties": {
                "id": {"enum": ["token", "dialled", "identity", "inventory", "configuration", "ready"]},
                "state": {"enum": ["done", "now", "waiting", "failed"]},
                "at": {"type": "string", "format": "date-time"},
                "title": {"type": "string"}, "detail": {"type": "string"}}},
              "Diagnosis": {"type": "object", "required": ["code", "title", "detail"], "properties": {
                "code": {"enum": ["never-dialled", "token-missing", "token-expired", "token-used", "token-wrong",
                  "other-cluster", "certificate", "revoked", "version", "rbac", "mesh", "refused", "brake", "disconnected"]},
                "title": {"type": "string"}, "detail": {"type": "string"},
                "command": {"type": "string", "description": "to be run by a person with access to the cluster"},
                "at": {"type": "string", "format": "date-time"}, "times": {"type": "integer"}}},
              "Onboarding": {"type": "object", "required": ["cluster", "phase", "tokens", "steps", "diagnosis"], "properties": {
                "cluster": {"type": "string"}, "phase": {"$ref": "#/components/schemas/ClusterPhase"},
                "tokens": {"type": "object", "required": ["issued", "used"], "properties": {
                  "issued": {"type": "integer"}, "used": {"type": "integer"},
                  "expiresAt": {"type": "string", "format": "date-time", "description": "of the newest"}}},
                "steps": {"type": "array", "items": {"$ref": "#/components/schemas/OnboardingStep"}},
                "diagnosis": {"type": "array", "items": {"$ref": "#/components/schemas/Diagnosis"}}}},
              "ResourceName": {"type": "object", "required": ["kind", "name"], "properties": {
                "kind": {"type": "string"}, "name": {"type": "string"}, "globalNamespace": {"type": "string"}}},
              "OverviewProblem": {"type": "object", "required": ["severity", "code", "title", "detail"], "properties": {
                "severity": {"enum": ["error", "warning", "info"]}, "code": {"type": "string"},
                "title": {"type": "string"}, "detail": {"type": "string"},
                "resource": {"$ref": "#/components/schemas/ResourceName"}, "cluster": {"type": "string"}}},
              "Overview": {"type": "object",
                "required": ["clusters", "globalNamespaces", "services", "routes", "changes", "problems", "start"], "properties": {
                "clusters": {"type": "object", "required": ["total", "byPhase"], "properties": {
                  "total": {"type": "integer"},
                  "byPhase": {"type": "object", "description": "by ClusterPhase; those with none are left out",
                    "additionalProperties": {"type": "integer"}}}},
                "globalNamespaces": {"type": "object", "required": ["total", "withProblems"], "properties": {
                  "total": {"type": "integer"}, "withProblems": {"type": "integer"}}},
                "services": {"type": "object", "required": ["total", "global"], "properties": {
                  "total": {"type": "integer"}, "global": {"type": "integer"}}},
                "routes": {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer"}}},
                "changes": {"type": "object", "required": ["last24h", "notLive"], "properties": {
                  "last24h": {"type": "integer"},
                  "notLive": {"type": "integer", "description": "of those of the last 24 hours"}}},
                "problems": {"type": "array", "items": {"$ref": "#/components/schemas/OverviewProblem"}},
                "start": {"type": "object", "required": ["clusterJoined", "globalNamespaceCreated", "routeCreated"], "properties": {
                  "clusterJoined": {"type": "boolean"}, "globalNamespaceCreated": {"type": "boolean"},
                  "routeCreated": {"type": "boolean"}}}}}
            }""";

    private static final String SERVICES = """
            {
              "Finding": {"type": "object", "required": ["type", "resource", "reason", "message"], "properties": {
                "type": {"enum": ["Conflicted", "Unsupported", "Warning"]}, "resource": {"type": "string"},
                "reason": {"type": "string"}, "message": {"type": "string"}, "cluster": {"type": "string"}}},
              "GlobalNamespaceResourceStatus": {"allOf": [{"$ref": "#/components/schemas/Status"}, {"type": "object",
                "required": ["members"], "properties": {
                  "members": {"type": "object", "required": ["clusters", "namespaces", "services"], "properties": {
                    "clusters": {"type": "integer"},
                    "namespaces": {"type": "integer", "description": "pairs of a cluster and a namespace in it"},
                    "services": {"type": "integer", "description": "global services: each name once"}}}}}]},
              "GlobalServicePort": {"type": "object", "required": ["number", "name", "protocol"], "properties": {
                "number": {"type": "integer"}, "name": {"type": "string"},
                "protocol": {"enum": ["HTTP", "HTTP2", "GRPC", "TCP", "TLS"]}}},
              "GlobalServiceCluster": {"type": "object", "required": ["cluster", "namespace", "instances", "versions", "answered"], "properties": {
                "cluster": {"type": "string"}, "namespace": {"type": "string"},
                "instances": {"type": "integer", "description": "ready ones in the mesh; above 4 in steps of a quarter"},
                "versions": {"type": "array", "items": {"type": "string"}},
                "answered": {"type": "boolean", "description": "its gateway answers the global name, so that other clusters may call it"}}},
              "GlobalService": {"type": "object",
                "required": ["globalNamespace", "name", "host", "clusters", "versions", "instances", "ports", "route", "findings"], "properties": {
                "globalNamespace": {"type": "string"}, "name": {"type": "string"}, "host": {"type": "string"},
                "address": {"type": "string", "description": "its virtual address; absent until it has one"},
                "clusters": {"type": "array", "items": {"$ref": "#/components/schemas/GlobalServiceCluster"}},
                "versions": {"type": "array", "items": {"type": "string"}}, "instances": {"type": "integer"},
                "ports": {"type": "array", "items": {"$ref": "#/components/schemas/GlobalServicePort"}},
                "route": {"type": ["string", "null"], "description": "the TrafficRoute whose target it is"},
                "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}}},
              "GlobalServices": {"type": "object", "required": ["items", "total"], "properties": {
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/GlobalService"}},
                "total": {"type": "integer"}, "continue": {"type": "string"}}},
              "GlobalServiceVersion": {"type": "object", "required": ["version", "ready", "meshed", "locality", "serviceAccounts"], "properties": {
                "version": {"type": "string"}, "ready": {"type": "integer"}, "meshed": {"type": "boolean"},
                "locality": {"type": "string"}, "serviceAccounts": {"type": "array", "items": {"type": "string"}}}},
              "GlobalServicePlace": {"type": "object",
                "required": ["cluster", "namespace", "served", "connected", "liveness", "network", "labels", "gateway", "ports", "versions"], "properties": {
                "cluster": {"type": "string"}, "namespace": {"type": "string"},
                "served": {"type": "boolean", "description": "false: left out, see the findings"},
                "connected": {"type": "boolean"}, "liveness": {"enum": ["connected", "suspect", "lost"]},
                "network": {"type": "string"},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "gateway": {"type": "array", "description": "addresses at which other clusters reach it", "items": {"type": "string"}},
                "ports": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/GlobalServicePort"}, {"type": "object",
                  "required": ["targetPort"], "properties": {"targetPort": {"type": "integer"}}}]}},
                "versions": {"type": "array", "items": {"$ref": "#/components/schemas/GlobalServiceVersion"}}}},
              "GlobalServiceDetail": {"allOf": [{"$ref": "#/components/schemas/GlobalService"}, {"type": "object",
                "required": ["places", "callers"], "properties": {
                  "places": {"type": "array", "items": {"$ref": "#/components/schemas/GlobalServicePlace"}},
                  "callers": {"type": "array", "description": "clusters that may call it: the members", "items": {"type": "string"}}}}]},
              "GlobalNamespaceDraft": {"type": "object", "description": "a GlobalNamespace; whatever is missing yet may be missing"},
              "PreviewNamespace": {"type": "object", "required": ["name", "services"], "properties": {
                "name": {"type": "string"}, "services": {"type": "array", "items": {"type": "string"}}}},
              "PreviewCluster": {"type": "object", "required": ["cluster", "services", "namespaces"], "properties": {
                "cluster": {"type": "string"}, "services": {"type": "integer"},
                "namespaces": {"type": "array", "items": {"$ref": "#/components/schemas/PreviewNamespace"}}}},
              "PreviewConflict": {"type": "object", "required": ["pointer", "message"], "properties": {
                "pointer": {"type": "string"}, "message": {"type": "string"}, "expected": {"type": "string"},
                "resource": {"$ref": "#/components/schemas/ResourceName"}}},
              "GlobalNamespacePreview": {"type": "object", "required": ["services", "clusters", "conflicts", "violations"], "properties": {
                "services": {"type": "integer", "description": "global services: each name once"},
                "clusters": {"type": "array", "items": {"$ref": "#/components/schemas/PreviewCluster"}},
                "conflicts": {"type": "array", "items": {"$ref": "#/components/schemas/PreviewConflict"}},
                "violations": {"type": "array", "items": {"$ref": "#/components/schemas/Violation"}}}},
              "SearchHit": {"type": "object", "required": ["kind", "name", "detail"], "properties": {
                "kind": {"enum": ["Cluster", "GlobalNamespace", "TrafficRoute", "GlobalService", "Service", "Node", "Gateway"]},
                "name": {"type": "string"}, "globalNamespace": {"type": "string"}, "cluster": {"type": "string"},
                "namespace": {"type": "string"}, "detail": {"type": "string"}}},
              "SearchHits": {"type": "object", "required": ["items"], "properties": {
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/SearchHit"}}}}
            }""";

    private static final String CHANGES = """
            {
              "Change": {"type": "object", "required": ["key", "effect"], "properties": {
                "key": {"type": "string", "description": "Kind/global-namespace-or-empty/name"},
                "effect": {"enum": ["created", "updated", "deleted"]},
                "before": {"type": "object", "description": "only of a single revision; absent when created"},
                "after": {"type": "object", "description": "only of a single revision; absent when deleted"}}},
              "ClusterCounts": {"type": "object", "required": ["total", "applied", "live", "refused"], "properties": {
                "total": {"type": "integer"}, "applied": {"type": "integer", "description": "live ones included"},
                "live": {"type": "integer"}, "refused": {"type": "integer"}}},
              "Revision": {"type": "object",
                "required": ["revision", "position", "at", "by", "resources", "changes", "state", "clusterCounts"], "properties": {
                "revision": {"type": "integer"}, "position": {"type": "integer"},
                "at": {"type": "string", "format": "date-time"}, "by": {"type": "string"},
                "resources": {"type": "array", "items": {"type": "string"}},
                "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
                "state": {"$ref": "#/components/schemas/ChangeState"},
                "clusterCounts": {"$ref": "#/components/schemas/ClusterCounts"}}},
              "Revisions": {"type": "object", "required": ["items", "total"], "properties": {
                "items": {"type": "array", "items": {"$ref": "#/components/schemas/Revision"}},
                "total": {"type": "integer"}, "continue": {"type": "string"}}},
              "ChangeState": {"enum": ["accepted", "released", "sent", "refused", "applied", "live"]},
              "RevisionStatus": {"allOf": [{"$ref": "#/components/schemas/Revision"}, {"type": "object",
                "required": ["clusters"], "properties": {
                "clusters": {"type": "array", "items": {"$ref": "#/components/schemas/ClusterState"}}}}]}
            }""";
}
