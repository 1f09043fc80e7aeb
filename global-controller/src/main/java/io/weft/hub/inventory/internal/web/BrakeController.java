package io.weft.hub.inventory.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.inventory.Brakes;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.ClusterName;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets pass what the brake holds of a cluster: a report that would remove much at once. */
@RestController
class BrakeController {
    private final Brakes brakes;

    BrakeController(Brakes brakes) {
        this.brakes = brakes;
    }

    @PostMapping("/api/v1/tenants/{tenant}/clusters/{name}/release-brake")
    Map<String, Object> release(TenantCaller caller, @PathVariable String name) {
        caller.require(Permission.OPERATE);
        ClusterName cluster;
        try {
            cluster = new ClusterName(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
        if (!brakes.release(caller.tenant(), cluster, caller.subject())) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "The brake of this cluster is not on; nothing was released.");
        }
        return Map.of("cluster", name, "released", true);
    }
}
