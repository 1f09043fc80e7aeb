package io.weft.hub.resources.internal.web;

import io.weft.hub.resources.Documents;
import io.weft.hub.resources.internal.HistoryStore;
import io.weft.hub.resources.internal.ResourceWrites;
import io.weft.hub.world.Replicas;
import io.weft.policy.model.Kind;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Gives every kind its addresses; a new kind gets them by being one. */
@Component
class KindRoutes implements InitializingBean {
    private static final String TENANT = "/api/v1/tenants/{tenant}";

    private final RequestMappingHandlerMapping mapping;
    private final Replicas replicas;
    private final Documents documents;
    private final ResourceWrites writes;
    private final HistoryStore history;
    private final DryRuns dryRuns;

    KindRoutes(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            Replicas replicas,
            Documents documents,
            ResourceWrites writes,
            HistoryStore history,
            DryRuns dryRuns) {
        this.mapping = mapping;
        this.replicas = replicas;
        this.documents = documents;
        this.writes = writes;
        this.history = history;
        this.dryRuns = dryRuns;
    }

    @Override
    public void afterPropertiesSet() {
        for (Kind kind : Kind.values()) {
            String all =
                    (kind.inGlobalNamespace() ? TENANT + "/global-namespaces/{gns}/" : TENANT + "/") + kind.plural();
            KindController controller = new KindController(kind, replicas, documents, writes, history, dryRuns);
            map(controller, RequestMethod.GET, all, "list");
            if (kind.inGlobalNamespace()) map(controller, RequestMethod.GET, TENANT + "/" + kind.plural(), "list");
            map(controller, RequestMethod.GET, all + "/{name}", "get");
            map(controller, RequestMethod.PUT, all + "/{name}", "put");
            map(controller, RequestMethod.DELETE, all + "/{name}", "delete");
            map(controller, RequestMethod.GET, all + "/{name}/history", "history");
        }
    }

    private void map(KindController controller, RequestMethod verb, String path, String name) {
        Method method = Arrays.stream(KindController.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() > 0 && !m.isSynthetic())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name));
        RequestMappingInfo info = RequestMappingInfo.paths(path)
                .methods(verb)
                .options(mapping.getBuilderConfiguration())
                .build();
        mapping.registerMapping(info, controller, method);
    }
}
