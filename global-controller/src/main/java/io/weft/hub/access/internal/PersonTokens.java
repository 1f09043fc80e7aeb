package io.weft.hub.access.internal;

import io.weft.hub.access.Caller;
import io.weft.hub.access.Caller.CallerKind;
import io.weft.hub.access.Role;
import io.weft.hub.access.internal.Authentication.Accepted;
import io.weft.hub.access.internal.Authentication.Refused;
import io.weft.hub.platform.StorageException;
import io.weft.policy.model.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Tokens of people, issued by OpenID Connect. Tenants and roles are read from two claims; what either gives is had:
 * <ul>
 *   <li>{@code groups}: entries of the form {@code /weft/<tenant>/<role>}, and {@code /weft/platform-administrator};
 *   <li>{@code weft_tenants}: an object of tenants to lists of roles.
 * </ul>
 * A claim on a tenant that does not exist gives nothing, so that it looks like any other name.
 */
final class PersonTokens {
    private static final String GROUPS = "/weft/";
    private static final int MOST_TENANTS = 200;

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> validator;
    private final String audience;
    private final Predicate<TenantId> exists;

    /**
     * @param decoder checks the signature, and nothing else
     * @param validator checks issuer and time; apart, so that it is known whose token was refused
     */
    PersonTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> validator, String audience, Predicate<TenantId> exists) {
        this.decoder = decoder;
        this.validator = validator;
        this.audience = audience;
        this.exists = exists;
    }

    Authentication authenticate(String bearer) {
        Jwt jwt;
        try {
            jwt = decoder.decode(bearer);
        } catch (BadJwtException notTheIssuers) {
            // Its message may quote what was sent, which may be a secret in the wrong place.
            return new Refused("token: not signed by the issuer, or no token at all", null);
        } catch (JwtException e) {
            throw new StorageException("the issuer of tokens cannot be reached", e);
        }
        String subject = "user:" + name(jwt);
        TreeMap<TenantId, Set<Role>> tenants = tenants(jwt);
        Optional<String> wrong = wrong(jwt);
        if (wrong.isPresent()) {
            return new Refused(
                    "token of " + subject + ": " + wrong.get(), tenants.isEmpty() ? null : tenants.firstKey());
        }
        boolean administrator = groups(jwt).contains(GROUPS + "platform-administrator");
        return new Accepted(new Caller(subject, CallerKind.USER, administrator, tenants, "", ""));
    }

    private Optional<String> wrong(Jwt jwt) {
        OAuth2TokenValidatorResult result = validator.validate(jwt);
        if (result.hasErrors()) {
            return Optional.of(
                    result.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; ")));
        }
        List<String> audiences = jwt.getAudience();
        return audiences != null && audiences.contains(audience)
                ? Optional.empty()
                : Optional.of("not made for " + audience);
    }

    private static String name(Jwt jwt) {
        String preferred = jwt.getClaimAsString("preferred_username");
        return preferred == null || preferred.isBlank()
                ? Objects.requireNonNullElse(jwt.getSubject(), "unnamed")
                : preferred;
    }

    private TreeMap<TenantId, Set<Role>> tenants(Jwt jwt) {
        TreeMap<String, Set<Role>> claimed = new TreeMap<>();
        for (String group : groups(jwt)) {
            String[] parts =
                    group.startsWith(GROUPS) ? group.substring(GROUPS.length()).split("/", -1) : new String[0];
            if (parts.length == 2) add(claimed, parts[0], parts[1]);
        }
        if (jwt.getClaims().get("weft_tenants") instanceof Map<?, ?> byTenant) {
            byTenant.forEach((tenant, roles) -> {
                if (roles instanceof Iterable<?> names) {
                    names.forEach(role -> add(claimed, String.valueOf(tenant), String.valueOf(role)));
                }
            });
        }
        TreeMap<TenantId, Set<Role>> tenants = new TreeMap<>();
        claimed.forEach((name, roles) -> {
            try {
                TenantId tenant = new TenantId(name);
                if (tenants.size() < MOST_TENANTS && exists.test(tenant)) tenants.put(tenant, roles);
            } catch (IllegalArgumentException e) {
                return; // Not a name that a tenant could have: like one that does not exist.
            }
        });
        return tenants;
    }

    private static List<String> groups(Jwt jwt) {
        List<String> groups = jwt.getClaimAsStringList("groups");
        return groups == null ? List.of() : groups;
    }

    private static void add(Map<String, Set<Role>> claimed, String tenant, String roleName) {
        Role.of(roleName)
                .ifPresent(role -> claimed.computeIfAbsent(tenant, t -> EnumSet.noneOf(Role.class))
                        .add(role));
    }
}
