package io.weft.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Call;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.Hash;
import io.weft.policy.image.Member;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TenantId;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every identifier that is written somewhere is read back as itself, and nothing else is read. */
class IdentifierTest {
    private static final int TIMES = 2_000;

    private final Dice dice = new Dice(42);

    @Test
    void everyIdentifierIsReadBackFromItsText() {
        for (int i = 0; i < TIMES; i++) {
            GnsName gns = new GnsName(label());
            ClusterName cluster = new ClusterName(label());
            GatewayName name = new GatewayName(label() + "." + label() + "." + label(), dice.below(65_536), label());
            roundTrips(ResourceKey.cluster(label()), ResourceKey::parse);
            roundTrips(ResourceKey.globalNamespace(label()), ResourceKey::parse);
            roundTrips(ResourceKey.trafficRoute(gns, label()), ResourceKey::parse);
            roundTrips(Scope.of(gns), Scope::new);
            roundTrips(new Member(cluster, label()), Member::parse);
            roundTrips(new ServiceId(label(), label()), ServiceId::parse);
            roundTrips(name, GatewayName::parse);
            roundTrips(new Call(cluster, name), Call::parse);
            roundTrips(new ObjectKey("networking.istio.io/v1", "Gateway", label(), label()), ObjectKey::parse);
            roundTrips(new ObjectKey("v1", "Namespace", "", label()), ObjectKey::parse);
        }
        roundTrips(Scope.TENANT, Scope::new);
        roundTrips(Hash.ZERO, Hash::new);
    }

    private static <T> void roundTrips(T id, Function<String, T> parse) {
        assertThat(parse.apply(id.toString())).isEqualTo(id);
    }

    private String label() {
        StringBuilder label = new StringBuilder();
        label.append((char) ('a' + dice.below(26)));
        for (int i = dice.below(20); i > 0; i--) label.append(dice.one('a', 'z', '0', '9', '-'));
        return label.append((char) ('0' + dice.below(10))).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cart", "-cart", "cart-", "ca_rt", "ca.rt", "cart\n", "cärt", "a/b", "a|b"})
    void whatIsNoLabelIsNoName(String text) {
        assertThatThrownBy(() -> new TenantId(text)).hasMessageContaining("expected: an RFC 1123 label");
        assertThatThrownBy(() -> new ClusterName(text)).hasMessageContaining("expected: an RFC 1123 label");
        assertThatThrownBy(() -> new GnsName(text)).hasMessageContaining("expected: an RFC 1123 label");
        assertThatThrownBy(() -> ResourceKey.cluster(text)).hasMessageContaining("expected: an RFC 1123 label");
    }

    @Test
    void aNameHasUpTo63Characters() {
        assertThat(new ClusterName("c".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new ClusterName("c".repeat(64))).hasMessageContaining("up to 63 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Route/shop/cart",
                "TrafficRoute//cart",
                "Cluster/shop/east",
                "Cluster//east/x",
                "Cluster/east"
            })
    void whatIsNoKeyIsNotRead(String text) {
        assertThatThrownBy(() -> ResourceKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cart", "cart:80", "cart/80:v1", "cart:80/", ":80/v1", "cart:x/v1"})
    void whatIsNoGatewayNameIsNotRead(String text) {
        assertThatThrownBy(() -> GatewayName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
