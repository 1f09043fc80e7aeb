package io.weft.web.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tokens are signed with: made once, kept in the database, so that tokens outlive a restart. */
final class SigningKeys {
    private static final String FIRST = "1";
    private static final int BITS = 2048;
    private static final String PURPOSE = "issuer signing key ";

    private final JdbcClient database;
    private final Sealed sealed;
    private final InstantSource clock;

    SigningKeys(JdbcClient database, Sealed sealed, InstantSource clock) {
        this.database = database;
        this.sealed = sealed;
        this.clock = clock;
    }

    /** All of them, the first one made if there is none. */
    JWKSet load() {
        try {
            List<JWK> keys = read();
            if (!keys.isEmpty()) return new JWKSet(keys);
            make();
            return new JWKSet(read());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "WEFT_MASTER_KEY_FILE: does not open the issuer's signing key (expected: the file that was there "
                            + "when the key was made)",
                    e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the issuer's signing key cannot be read", e);
        }
    }

    private record Row(String id, byte[] key) {}

    private List<JWK> read() throws GeneralSecurityException, ParseException {
        List<Row> rows = database.sql("select key_id, sealed_key from issuer.signing_key order by created_at desc")
                .query((row, number) -> new Row(row.getString(1), row.getBytes(2)))
                .list();
        List<JWK> keys = new ArrayList<>();
        for (Row row : rows) keys.add(JWK.parse(sealed.open(row.key(), PURPOSE + row.id())));
        return keys;
    }

    /** Two processes may come at once: the second finds the first one's. */
    private void make() throws JOSEException, GeneralSecurityException {
        Instant now = clock.instant();
        RSAKey key = new RSAKeyGenerator(BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint(true)
                .generate();
        database.sql("""
                        insert into issuer.signing_key (key_id, public_key, sealed_key, created_at)
                        values (?, ?, ?, ?) on conflict do nothing""")
                .params(
                        FIRST,
                        key.toPublicJWK().toJSONString(),
                        sealed.seal(key.toJSONString(), PURPOSE + FIRST),
                        Timestamp.from(now))
                .update();
    }
}
