package io.weft.hub.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.weft.policy.image.Hash;
import java.time.Instant;

/**
 * One link of a chain.
 *
 * @param sequence 1, 2, 3, … without gaps in its chain
 * @param at the database's time
 * @param actor the subject of the credential, {@code system} for the hub itself
 * @param position of the last entry of the log that came of it; 0 for none
 * @param times how often, for refused attempts that were gathered; else 1
 * @param detail a JSON object
 * @param hash over every other field and {@code parent}, the hash of the record before
 */
public record AuditRecord(
        long sequence,
        Instant at,
        String actor,
        String action,
        String target,
        String source,
        String request,
        long position,
        int times,
        @JsonRawValue String detail,
        Hash parent,
        Hash hash) {}
