package io.weft.policy.render.istio;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Canonical;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.bundle.ObjectRank;
import io.weft.policy.bundle.Sha256;
import io.weft.policy.plan.Provenance;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The envelope that all objects share: names, labels for ownership, annotations that say why. */
record IstioObjects(String hubId) {
    static final String NETWORKING = "networking.istio.io/v1";
    static final String FILTERS = "networking.istio.io/v1alpha3";
    private static final int LONGEST_NAME = 63;

    BundleObject object(ObjectKey key, Layer layer, Provenance why, ObjectNode spec) {
        ObjectNode root = Json.object();
        root.put("apiVersion", key.apiVersion());
        root.put("kind", key.kind());
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("name", key.name());
        metadata.put("namespace", key.namespace());
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "weft").put("weft.io/hub", hubId);
        ObjectNode annotations = metadata.putObject("annotations");
        if (why.globalNamespace() != null) {
            annotations.put("weft.io/global-namespace", why.globalNamespace().value());
        }
        if (why.resource() != null)
            annotations.put("weft.io/resource", why.resource().toString());
        if (why.revision() > 0) annotations.put("weft.io/revision", Long.toString(why.revision()));
        root.set("spec", spec);
        return BundleObject.of(key, layer, ObjectRank.of(key), Canonical.bytes(root));
    }

    /** Of the objects of a host; hosts are unique over all global namespaces of a tenant. */
    static String name(String prefix, String host, String suffix) {
        String name = prefix + host + suffix;
        if (name.length() <= LONGEST_NAME) return name;
        String hash =
                "-" + Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 10);
        int room = LONGEST_NAME - prefix.length() - suffix.length() - hash.length();
        String cut = host.substring(0, room);
        while (cut.endsWith(".") || cut.endsWith("-")) cut = cut.substring(0, cut.length() - 1);
        return prefix + cut + hash + suffix;
    }
}
