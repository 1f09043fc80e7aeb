package io.weft.hub.access.internal;

import io.weft.hub.access.Caller;
import io.weft.hub.access.Caller.CallerKind;
import io.weft.hub.access.internal.Authentication.Accepted;
import io.weft.hub.access.internal.Authentication.Refused;
import io.weft.hub.access.internal.TokenStore.Row;
import io.weft.hub.platform.TenantTransaction;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Turns a bearer credential into a caller. Rows of tokens are remembered for two seconds, so a deleted one ends as fast. */
public final class Authenticator {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private record Remembered(Row row, Instant since) {}

    private final TokenStore tokens;
    private final TenantTransaction transaction;
    private final @Nullable PersonTokens people;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Remembered> remembered = new ConcurrentHashMap<>();

    Authenticator(
            TokenStore tokens, TenantTransaction transaction, @Nullable PersonTokens people, InstantSource clock) {
        this.tokens = tokens;
        this.transaction = transaction;
        this.people = people;
        this.clock = clock;
    }

    public Authentication authenticate(String bearer) {
        if (bearer.startsWith("weft_")) {
            return TokenText.parse(bearer)
                    .map(this::authenticate)
                    .orElseGet(() -> new Refused("token: not of the form weft_<id>_<secret>", null));
        }
        if (people == null) return new Refused("credential: not an API token", null);
        return people.authenticate(bearer);
    }

    void forget(String tokenId) {
        remembered.remove(tokenId);
    }

    private Authentication authenticate(TokenText text) {
        Optional<Row> found = row(text.id());
        if (found.isEmpty()) return new Refused("token: unknown", null);
        Row row = found.get();
        if (!MessageDigest.isEqual(row.hash(), text.hash())) {
            return new Refused("token " + row.id() + ": wrong secret", row.tenant());
        }
        Instant now = clock.instant();
        if (row.expiresAt() != null && !now.isBefore(row.expiresAt())) {
            return new Refused("token " + row.id() + ": expired", row.tenant());
        }
        noteUse(row, now);
        TreeMap<io.weft.policy.model.TenantId, Set<io.weft.hub.access.Role>> tenants = new TreeMap<>();
        tenants.put(row.tenant(), Set.of(row.role()));
        return new Accepted(new Caller("token:" + row.id(), CallerKind.TOKEN, row.platform(), tenants, "", ""));
    }

    private Optional<Row> row(String id) {
        Instant now = clock.instant();
        Remembered known = remembered.get(id);
        if (known != null && now.isBefore(known.since().plus(REMEMBERED))) return Optional.of(known.row());
        Optional<Row> row = tokens.byId(id);
        if (remembered.size() >= MOST_REMEMBERED) remembered.clear();
        row.ifPresentOrElse(r -> remembered.put(id, new Remembered(r, now)), () -> remembered.remove(id));
        return row;
    }

    private void noteUse(Row row, Instant now) {
        if (row.lastUsedAt() != null && now.isBefore(row.lastUsedAt().plus(USE_NOTED_EVERY))) return;
        Row used = new Row(row.tenant(), row.id(), row.hash(), row.role(), row.platform(), row.expiresAt(), now);
        Remembered known = remembered.get(row.id());
        if (known == null || known.row() != row) return;
        // Whoever replaces the row writes: the use is noted once.
        if (!remembered.replace(row.id(), known, new Remembered(used, known.since()))) return;
        transaction.in(row.tenant(), connection -> {
            TokenStore.used(connection, row.tenant(), row.id(), now);
            return true;
        });
    }
}
