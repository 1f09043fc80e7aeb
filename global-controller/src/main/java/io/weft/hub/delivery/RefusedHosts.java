package io.weft.hub.delivery;

import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.protocol.v1.ObjectRefusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which hosts are not as the bundle says, because an object of theirs was refused. What cannot be told counts as every
 * host.
 */
final class RefusedHosts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Predicate<BundleObject> concerned;
    private final Set<String> hosts = new HashSet<>();
    private boolean all;

    private RefusedHosts(Predicate<BundleObject> concerned) {
        this.concerned = concerned;
    }

    /**
     * Of which the gateway may not answer what the bundle says. The entry of a service serves its gateway too, in
     * whichever layer it is.
     */
    static RefusedHosts receiving(Bundle bundle, List<ObjectRefusal> refusals) {
        return of(
                object -> object.layer() == Layer.RECEIVE || object.key().kind().equals("ServiceEntry"),
                bundle,
                refusals);
    }

    /** Which may still be called as before. */
    static RefusedHosts sending(Bundle bundle, List<ObjectRefusal> refusals) {
        return of(object -> object.layer() == Layer.SEND, bundle, refusals);
    }

    private static RefusedHosts of(Predicate<BundleObject> concerned, Bundle bundle, List<ObjectRefusal> refusals) {
        RefusedHosts refused = new RefusedHosts(concerned);
        if (refusals.isEmpty()) return refused;
        Set<String> keys = refusals.stream().map(ObjectRefusal::getKey).collect(Collectors.toSet());
        for (BundleObject object : bundle.objects()) {
            if (keys.remove(object.key().toString())) refused.add(object);
        }
        if (!keys.isEmpty()) refused.all = true; // refused removals: what they were is not known any more
        return refused;
    }

    private void add(BundleObject object) {
        if (!concerned.test(object)) return;
        JsonNode spec = JSON.readTree(object.canonical()).path("spec");
        Set<String> named = new HashSet<>();
        if (spec.path("host").isString()) named.add(spec.path("host").asString());
        spec.path("hosts").forEach(host -> named.add(host.asString()));
        if (named.isEmpty()) all = true;
        hosts.addAll(named);
    }

    boolean contains(String host) {
        return all || hosts.contains(host);
    }
}
