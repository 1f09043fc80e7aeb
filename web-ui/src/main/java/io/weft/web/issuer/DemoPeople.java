package io.weft.web.issuer;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Who can log in to try Weft out. All have the same password, which was made for this installation. */
final class DemoPeople {
    /** A demo user; tenants to roles as in the claim {@code weft_tenants}. */
    record Person(String name, String displayName, String email, Map<String, List<String>> tenants) {
        /** For the log-in page. */
        String role() {
            return tenants.entrySet().stream()
                    .map(tenant -> String.join(", ", tenant.getValue()) + " of " + tenant.getKey())
                    .findFirst()
                    .orElse("nobody");
        }
    }

    static final List<Person> ALL = List.of(
            new Person("ada", "Ada Adler", "ada@demo.example", Map.of("demo", List.of("admin"))),
            new Person("ed", "Ed Engel", "ed@demo.example", Map.of("demo", List.of("editor"))),
            new Person("vera", "Vera Vogt", "vera@demo.example", Map.of("demo", List.of("viewer"))),
            new Person("otto", "Otto Ott", "otto@other.example", Map.of("other", List.of("admin"))));

    private static final TypeReference<Map<String, List<String>>> TENANTS = new TypeReference<>() {};

    private final JdbcClient database;
    private final BCryptPasswordEncoder passwords = new BCryptPasswordEncoder();

    DemoPeople(JdbcClient database) {
        this.database = database;
    }

    BCryptPasswordEncoder passwords() {
        return passwords;
    }

    /** Makes them, or gives them this password if it is another. */
    void ensure(String password) {
        String hash = database.sql("select password_hash from issuer.person where name = ?")
                .param(ALL.getFirst().name())
                .query(String.class)
                .optional()
                .filter(stored -> passwords.matches(password, stored))
                .orElseGet(() -> passwords.encode(password));
        for (Person person : ALL) {
            database.sql("""
                            insert into issuer.person (name, display_name, email, password_hash, tenants)
                            values (?, ?, ?, ?, ?::jsonb)
                            on conflict (name) do update set display_name = excluded.display_name, email = excluded.email,
                                password_hash = excluded.password_hash, tenants = excluded.tenants""")
                    .params(
                            person.name(),
                            person.displayName(),
                            person.email(),
                            hash,
                            JsonMapper.shared().writeValueAsString(person.tenants()))
                    .update();
        }
    }

    /** Without demo users nobody can log in here. */
    void remove() {
        database.sql("delete from issuer.person").update();
    }

    Person find(String name) {
        return database.sql("select name, display_name, email, tenants from issuer.person where name = ?")
                .param(name)
                .query((row, number) -> new Person(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        JsonMapper.shared().readValue(row.getString(4), TENANTS)))
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("nobody has this name"));
    }

    /** With the hash of the password. Not a bean's type: the edge's own log-in would take it up. */
    UserDetails user(String name) {
        String hash = database.sql("select password_hash from issuer.person where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("nobody has this name"));
        return new User(name, hash, AuthorityUtils.NO_AUTHORITIES);
    }
}
