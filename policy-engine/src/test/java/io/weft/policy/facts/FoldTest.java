package io.weft.policy.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.facts.Items.ServiceItem;
import io.weft.policy.facts.Items.VersionItem;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldTest {
    private final History history = new History(Samples.TENANT);

    @Test
    void aFirstReportBecomesFacts() {
        FactChange change = report(items(version("v1", 3), version("v2", 9)));

        assertThat(change.namespacePuts()).containsOnlyKeys("shop");
        assertThat(cart(change.servicePuts())).satisfies(cart -> {
            assertThat(cart.versions()).containsOnlyKeys("v1", "v2");
            assertThat(versionOf(cart, "v1")).isEqualTo(new VersionFact(Samples.set("cart"), true, 3, "eu/a"));
            assertThat(versionOf(cart, "v2").ready()).isEqualTo(8);
        });
        assertThat(change.gateway()).isEqualTo(Samples.gateway(Samples.EAST));
        assertThat(change.capabilities()).isEqualTo(Samples.istio(Samples.EAST));
        assertThat(cart(facts().services()).since()).isEqualTo(1);
    }

    @Test
    void theSameReportAgainIsNoChange() {
        report(items(version("v1", 3)));

        assertThat(difference(items(version("v1", 3)), false).isEmpty()).isTrue();
    }

    @Test
    void ordinaryLifeIsNoChange() {
        report(items(version("v1", 20)));

        assertThat(difference(items(version("v1", 21)), false).isEmpty()).isTrue();
        assertThat(difference(items(version("v1", 19)), false).isEmpty()).isTrue();
    }

    @Test
    void theLastInstanceThatGoesIsAChange() {
        report(items(version("v1", 1)));

        FactChange change = report(items(version("v1", 0)));

        assertThat(versionOf(cart(change.servicePuts()), "v1").ready()).isZero();
        assertThat(cart(facts().services()).since()).isEqualTo(1);
    }

    @Test
    void twoWorkloadsOfAVersionAreThatVersion() {
        VersionItem other = new VersionItem(Samples.CART, "v1", Samples.set("other"), false, 3, "eu/b");

        report(items(version("v1", 1), other));

        assertThat(versionOf(cart(facts().services()), "v1"))
                .isEqualTo(new VersionFact(Samples.set("cart", "other"), false, 4, "eu/b"));
    }

    @Test
    void aServiceThatIsGoneAndNotCalledIsRemoved() {
        report(items(version("v1", 1)));

        assertThat(difference(nothing(), false).serviceRemovals()).containsExactly(Samples.CART);
    }

    @Test
    void aServiceThatIsGoneButCalledStaysWithoutInstances() {
        report(items(version("v1", 3)));

        FactChange change = Fold.difference(facts(), nothing(), id -> true);

        assertThat(change.serviceRemovals()).isEmpty();
        ServiceFact gone = cart(change.servicePuts());
        assertThat(gone.gone()).isTrue();
        assertThat(versionOf(gone, "v1").ready()).isZero();
        assertThat(gone.ports()).isNotEmpty();
        history.observed(Samples.EAST, change);
        assertThat(Fold.difference(facts(), nothing(), id -> true).isEmpty()).isTrue();
        assertThat(Fold.difference(facts(), nothing(), id -> false).serviceRemovals())
                .containsExactly(Samples.CART);
    }

    @Test
    void aServiceThatComesBackIsTheOldOne() {
        report(items(version("v1", 3)));
        history.observed(Samples.EAST, Fold.difference(facts(), nothing(), id -> true));

        report(items(version("v1", 2)));

        assertThat(cart(facts().services())).satisfies(cart -> {
            assertThat(cart.gone()).isFalse();
            assertThat(cart.since()).isEqualTo(1);
            assertThat(versionOf(cart, "v1").ready()).isEqualTo(2);
        });
    }

    @Test
    void headlessServiceIsAFactWithoutPorts() {
        Items items = items(version("v1", 1));
        SortedMap<ServiceId, ServiceItem> services = new TreeMap<>();
        services.put(Samples.CART, new ServiceItem(Samples.map(), Samples.map("app", "cart"), Samples.set(), true));

        report(new Items(items.namespaces(), services, items.versions(), items.gateway(), items.mesh()));

        assertThat(cart(facts().services())).satisfies(cart -> {
            assertThat(cart.ports()).isEmpty();
            assertThat(cart.versions()).isEmpty();
            assertThat(cart.gone()).isFalse();
        });
    }

    @Test
    void aServiceThatBecomesHeadlessGoesFirstAsOthersMayCallIt() {
        report(items(version("v1", 1)));
        Items items = items(version("v1", 1));
        SortedMap<ServiceId, ServiceItem> services = new TreeMap<>();
        services.put(Samples.CART, new ServiceItem(Samples.map(), Samples.map("app", "cart"), Samples.set(), true));
        Items headless = new Items(items.namespaces(), services, items.versions(), items.gateway(), items.mesh());

        ServiceFact called = cart(Fold.difference(facts(), headless, id -> true).servicePuts());
        assertThat(called.gone()).isTrue();
        assertThat(called.ports()).isNotEmpty();

        report(headless);
        assertThat(facts().services()).isEmpty();
        report(headless);
        assertThat(cart(facts().services()).ports()).isEmpty();
    }

    @Test
    void whatIsNotReportedAnyMoreIsRemoved() {
        report(items(version("v1", 1)));

        report(nothing());

        assertThat(facts()).isEqualTo(ClusterFacts.EMPTY);
        assertThat(facts().gateway()).isEqualTo(GatewayFact.NONE);
        assertThat(facts().capabilities()).isEqualTo(Capabilities.NONE);
    }

    @Test
    void aNamespaceWhoseLabelsChangeIsPutAgain() {
        report(items(version("v1", 1)));
        Items items = items(version("v1", 1));
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        namespaces.put("shop", new NamespaceFact(Samples.map("team", "other")));
        namespaces.put("new", new NamespaceFact(Samples.map()));

        FactChange change = difference(
                new Items(namespaces, items.services(), items.versions(), items.gateway(), items.mesh()), false);

        assertThat(change.namespacePuts()).isEqualTo(namespaces);
        assertThat(change.servicePuts()).isEmpty();
        assertThat(change.gateway()).isNull();
        assertThat(change.capabilities()).isNull();
    }

    private FactChange report(Items items) {
        FactChange change = difference(items, false);
        history.observed(Samples.EAST, change);
        return change;
    }

    private FactChange difference(Items items, boolean called) {
        return Fold.difference(facts(), items, id -> called);
    }

    private ClusterFacts facts() {
        return history.image().facts(Samples.EAST);
    }

    private static ServiceFact cart(Map<ServiceId, ServiceFact> services) {
        return Objects.requireNonNull(services.get(Samples.CART));
    }

    private static VersionFact versionOf(ServiceFact service, String version) {
        return Objects.requireNonNull(service.versions().get(version));
    }

    private static Items nothing() {
        return new Items(new TreeMap<>(), new TreeMap<>(), List.of(), null, null);
    }

    private static Items items(VersionItem... versions) {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        namespaces.put("shop", new NamespaceFact(Samples.map("team", "shop")));
        SortedMap<ServiceId, ServiceItem> services = new TreeMap<>();
        services.put(
                Samples.CART,
                new ServiceItem(
                        Samples.map(),
                        Samples.map("app", "cart"),
                        Samples.set(new PortFact(80, "http", Protocol.HTTP, 8080)),
                        false));
        return new Items(
                namespaces,
                services,
                Arrays.asList(versions),
                Samples.gateway(Samples.EAST),
                Samples.istio(Samples.EAST));
    }

    private static VersionItem version(String version, int ready) {
        return new VersionItem(Samples.CART, version, Samples.set("cart"), true, ready, "eu/a");
    }
}
