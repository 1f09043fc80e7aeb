package io.weft.web.issuer;

import io.weft.web.issuer.DemoPeople.Person;
import java.util.List;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What tokens say of a person: in access tokens for the hub, tenants and roles; in identity tokens, names. */
final class Claims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private static final String AUDIENCE = "weft";

    private final DemoPeople people;

    Claims(DemoPeople people) {
        this.people = people;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        Person person = people.find(
                Objects.requireNonNull(context.<Authentication>getPrincipal()).getName());
        boolean access = OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType());
        boolean identity =
                OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue());
        context.getClaims().claims(claims -> {
            claims.put("preferred_username", person.name());
            if (access) {
                claims.put("aud", List.of(AUDIENCE));
                claims.put("weft_tenants", person.tenants());
            }
            if (identity) {
                claims.put("name", person.displayName());
                claims.put("email", person.email());
            }
        });
    }
}
