package io.weft.hub.access;

/** For answers that go on for long: whether the credential that they began with is still good, there as well. */
@FunctionalInterface
public interface Revalidation {
    boolean holds();
}
