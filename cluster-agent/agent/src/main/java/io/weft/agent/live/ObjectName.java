package io.weft.agent.live;

import io.weft.policy.bundle.ObjectKey;

/** An object without its API version, under which istiod may know it by another. */
record ObjectName(String kind, String namespace, String name) {
    static ObjectName of(ObjectKey key) {
        return new ObjectName(key.kind(), key.namespace(), key.name());
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
