package io.weft.fleet.cluster;

/**
 * A kind of objects that the server keeps.
 *
 * @param group empty for the core group
 * @param status whether the status is written apart from the rest
 * @param custom of a definition: items of lists say their kind, and generations are counted
 * @param shape of the whole object
 */
record ResourceKind(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        boolean status,
        boolean custom,
        Shape shape) {
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As messages name the resource: {@code virtualservices.networking.istio.io}. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** As messages name the kind: {@code VirtualService.networking.istio.io}. */
    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** Whether changes of anything but metadata and status are counted in the object. */
    boolean counted() {
        return custom || group.equals("apps");
    }
}
