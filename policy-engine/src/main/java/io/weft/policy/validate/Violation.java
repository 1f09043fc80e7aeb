package io.weft.policy.validate;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer RFC 6901 pointer to the field
 * @param value what stood there, as JSON; null when it was missing
 * @param expected what would be right
 */
public record Violation(String pointer, @Nullable String value, String message, String expected) {}
