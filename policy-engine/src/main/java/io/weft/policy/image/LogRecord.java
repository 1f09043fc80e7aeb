package io.weft.policy.image;

import java.time.Instant;

/**
 * An entry at its place in one tenant's log.
 *
 * @param position 1, 2, 3, … without gaps
 * @param parent hash of the record before it
 * @param hash over parent, position, time and the entry's canonical bytes (see {@link LogCodec})
 * @param time PostgreSQL's, truncated to microseconds; no decision depends on another clock
 */
public record LogRecord(long position, Hash parent, Hash hash, Instant time, LogEntry entry) {}
