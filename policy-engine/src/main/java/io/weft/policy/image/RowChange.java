package io.weft.policy.image;

/** How a record changes the rows derived from the log. Rows are named by (section, key) within a tenant. */
public sealed interface RowChange {
    String section();

    /** Adds or replaces. {@code json} is canonical. */
    record Put(String section, String key, String json) implements RowChange {}

    record Remove(String section, String key) implements RowChange {}

    /** Removes every row of the section whose key starts so. */
    record RemovePrefix(String section, String prefix) implements RowChange {}

    /** A row as it lies in a store. */
    record Row(String section, String key, String json) {}
}
