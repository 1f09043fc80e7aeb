package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.Body;
import io.weft.hub.query.internal.GlobalNamespacePreview;
import io.weft.hub.world.Replicas;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers while somebody writes; stores nothing. */
@RestController
class PreviewController {
    private final Replicas replicas;

    PreviewController(Replicas replicas) {
        this.replicas = replicas;
    }

    @PostMapping("/api/v1/tenants/{tenant}/global-namespaces/preview")
    ObjectNode preview(TenantCaller caller, Body body) {
        caller.require(Permission.READ);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        GlobalNamespacePreview.of(replicas.of(caller.tenant()).image(), body.json())
                .write(answer);
        return answer;
    }
}
