package io.weft.hub.inventory;

import static io.weft.policy.Samples.EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.platform.log.MemoryLogStore;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.platform.log.StoreFaults;
import io.weft.hub.world.Decision;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.Samples;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.model.ResourceKey;
import io.weft.protocol.Digest;
import io.weft.protocol.HubEffect;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.NodeItem;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterInventoryTest {
    private Instant now = Samples.START;
    private final MemoryLogStore logs = new MemoryLogStore(Samples.HUB, () -> now, StoreFaults.NONE);
    private final MemoryInventoryStore rows = new MemoryInventoryStore(() -> now);
    private TenantReplica replica;

    @BeforeEach
    void twoTenants() {
        logs.create(Samples.TENANT);
        logs.create(Samples.OTHER_TENANT);
        replica = new TenantReplica(logs, Samples.TENANT);
        declare(true);
    }

    private void declare(boolean exists) {
        replica.propose(image -> {
            long revision = image.revision() + 1;
            Changed changed = new Changed(
                    revision,
                    "ada",
                    exists ? List.of(Samples.cluster(EAST, revision)) : List.of(),
                    exists ? new TreeSet<>() : Samples.set(ResourceKey.cluster("east")),
                    new TreeMap<>());
            return new Decision<>(Proposal.of(image.position(), changed), "");
        });
    }

    private ClusterInventory session() {
        return new ClusterInventory(rows, replica, EAST, logs.openEpoch(Samples.TENANT, EAST));
    }

    /** A session of which every kind is asked for and comes whole. */
    private ClusterInventory joined(String... services) {
        ClusterInventory inventory = session();
        inventory.compare(hashes(Digest.sha256(com.google.protobuf.ByteString.copyFromUtf8("other"))), now);
        list(inventory, ReportKind.REPORT_KIND_GATEWAY);
        list(inventory, ReportKind.REPORT_KIND_MESH);
        list(inventory, ReportKind.REPORT_KIND_NAMESPACE, namespace("shop"));
        list(inventory, ReportKind.REPORT_KIND_VERSION, versions(services));
        list(inventory, ReportKind.REPORT_KIND_SERVICE, services(services));
        return inventory;
    }

    private static Map<ReportKind, Digest> hashes(Digest each) {
        Map<ReportKind, Digest> hashes = new EnumMap<>(ReportKind.class);
        for (ReportKind kind : ReportedItems.OF_FACTS) hashes.put(kind, each);
        return hashes;
    }

    private void list(ClusterInventory inventory, ReportKind kind, ReportItem... items) {
        inventory.snapshot(new HubEffect.Snapshot(kind, List.of(items), true, ""), now);
    }

    private static ReportItem namespace(String name) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey(name)
                .setNamespace(NamespaceItem.newBuilder().setName(name)));
    }

    private static ReportItem service(String name) {
        ServicePort port = ServicePort.newBuilder()
                .setNumber(80)
                .setName("http")
                .setProtocol(PortProtocol.PORT_PROTOCOL_HTTP)
                .setTargetPort(8080)
                .build();
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey("shop/" + name)
                .setService(ServiceItem.newBuilder()
                        .setNamespace("shop")
                        .setName(name)
                        .addPorts(port)));
    }

    private static ReportItem version(String service, int ready) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey("shop/" + service + "/v1")
                .setVersion(VersionItem.newBuilder()
                        .setNamespace("shop")
                        .setService(service)
                        .setVersion("v1")
                        .setMeshed(true)
                        .setReady(ready)));
    }

    private static ReportItem[] services(String... names) {
        return Arrays.stream(names).map(ClusterInventoryTest::service).toArray(ReportItem[]::new);
    }

    private static ReportItem[] versions(String... names) {
        return Arrays.stream(names).map(name -> version(name, 2)).toArray(ReportItem[]::new);
    }

    private ClusterFacts facts() {
        return replica.image().facts(EAST);
    }

    private int ready(String service) {
        return Objects.requireNonNull(service(service, facts()).versions().get("v1"))
                .ready();
    }

    private static ServiceFact service(String name, ClusterFacts facts) {
        return Objects.requireNonNull(facts.services().get(new ServiceId("shop", name)));
    }

    private long observations() {
        return logs.read(Samples.TENANT, 0, 1000).stream()
                .filter(record -> record.entry() instanceof Observed)
                .count();
    }

    @Test
    void aFirstSessionIsOneDifferenceOnceEverythingWasListed() {
        joined("cart", "stock");

        assertThat(facts().services()).hasSize(2);
        assertThat(ready("cart")).isEqualTo(2);
        assertThat(observations()).isEqualTo(1);
        assertThat(logs.head(Samples.OTHER_TENANT).position()).isZero();
    }

    @Test
    void whatTheHubKnowsIsNotAskedForAgain() {
        joined("cart");
        ClusterInventory next = session();
        Map<ReportKind, Digest> same = new EnumMap<>(ReportKind.class);
        for (ReportKind kind : ReportedItems.OF_FACTS) {
            TreeMap<String, Digest> items = new TreeMap<>();
            rows.list(Samples.TENANT, kind, java.util.Optional.of(EAST), java.util.Optional.empty(), "", 100)
                    .forEach(row ->
                            items.put(row.item().getKey(), new Digest(row.item().getHash())));
            same.put(kind, ReportItems.ofKind(items));
        }

        assertThat(next.compare(same, now)).isEmpty();
        assertThat(observations()).isEqualTo(1);

        same.put(ReportKind.REPORT_KIND_SERVICE, Digest.sha256(com.google.protobuf.ByteString.EMPTY));
        assertThat(session().compare(same, now)).containsExactly(ReportKind.REPORT_KIND_SERVICE);
    }

    @Test
    void factsThatWereNotLoggedAfterTheirRowsWereWrittenAreLoggedByTheNextSession() {
        joined("cart");
        long epoch = logs.openEpoch(Samples.TENANT, EAST);
        rows.change(Samples.TENANT, EAST, epoch, ReportKind.REPORT_KIND_SERVICE, List.of(service("stock")), List.of());

        var kept = rows.load(Samples.TENANT, EAST, epoch, Set.of());
        Map<ReportKind, Digest> known = new EnumMap<>(ReportKind.class);
        for (ReportKind kind : ReportedItems.OF_FACTS) {
            known.put(kind, ReportItems.ofKind(kept.hashes().getOrDefault(kind, new TreeMap<>())));
        }
        assertThat(session().compare(known, now)).isEmpty();

        assertThat(facts().services()).containsKey(new ServiceId("shop", "stock"));
    }

    @Test
    void anIncompleteListDeletesNothing() {
        ClusterInventory inventory = joined("cart", "stock");

        inventory.snapshot(
                new HubEffect.Snapshot(ReportKind.REPORT_KIND_SERVICE, List.of(service("new")), false, "forbidden"),
                now);
        inventory.snapshot(new HubEffect.Snapshot(ReportKind.REPORT_KIND_VERSION, List.of(), false, "forbidden"), now);

        assertThat(facts().services()).hasSize(3);
        assertThat(ready("cart")).isEqualTo(2);
    }

    @Test
    void podsAndNodesNeverTouchTheLog() {
        ClusterInventory inventory = joined("cart");
        long before = logs.head(Samples.TENANT).position();

        list(
                inventory,
                ReportKind.REPORT_KIND_NODE,
                ReportItems.sealed(ReportItem.newBuilder()
                        .setKey("n1")
                        .setNode(NodeItem.newBuilder().setName("n1"))));

        assertThat(logs.head(Samples.TENANT).position()).isEqualTo(before);
        assertThat(rows.list(
                        Samples.TENANT,
                        ReportKind.REPORT_KIND_NODE,
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        "",
                        10))
                .hasSize(1);
    }

    @Test
    void readyCountsMoveAtOnceToAndFromZeroAndElseCalmly() {
        ClusterInventory inventory = joined("cart");

        ready(inventory, 3);
        assertThat(ready("cart")).isEqualTo(2);
        assertThat(inventory.isDue(now)).isFalse();
        ready(inventory, 0);
        assertThat(ready("cart")).isZero();
        ready(inventory, 4);
        assertThat(ready("cart")).isEqualTo(4);
        ready(inventory, 3);
        assertThat(ready("cart")).isEqualTo(4);

        now = now.plus(ClusterInventory.CALM);
        assertThat(inventory.isDue(now)).isTrue();
        inventory.fold(now);
        assertThat(ready("cart")).isEqualTo(3);
        assertThat(inventory.isDue(now)).isFalse();
    }

    private void ready(ClusterInventory inventory, int ready) {
        inventory.change(
                new HubEffect.Change(ReportKind.REPORT_KIND_VERSION, List.of(version("cart", ready)), List.of()), now);
    }

    @Test
    void theBrakeHoldsWhatWouldRemoveMuchUntilALaterSessionConfirmsIt() {
        ClusterInventory first = joined("a", "b", "c", "d", "e", "f");

        list(first, ReportKind.REPORT_KIND_SERVICE, services("a", "new"));
        assertThat(facts().services()).hasSize(7);
        assertThat(replica.image().judgement(EAST).braked()).isTrue();
        assertThat(rows.list(
                        Samples.TENANT,
                        ReportKind.REPORT_KIND_SERVICE,
                        java.util.Optional.of(EAST),
                        java.util.Optional.empty(),
                        "",
                        1))
                .allMatch(InventoryStore.Row::stale);

        joined("a", "new");
        assertThat(facts().services()).as("too early").hasSize(7);

        now = now.plus(ClusterInventory.BRAKE_DELAY);
        joined("a", "new");
        assertThat(facts().services()).hasSize(2);
        assertThat(replica.image().judgement(EAST).braked()).isFalse();
        assertThat(rows.held(Samples.TENANT, EAST)).isEmpty();
    }

    @Test
    void aPersonMayLetItPass() {
        ClusterInventory inventory = joined("a", "b", "c", "d", "e", "f");
        list(inventory, ReportKind.REPORT_KIND_SERVICE, services("a"));
        assertThat(facts().services()).hasSize(6);
        assertThat(new Brakes(rows, tenant -> replica).release(Samples.TENANT, EAST, "ada"))
                .isTrue();
        assertThat(inventory.isDue(now)).isTrue();
        inventory.fold(now);

        assertThat(facts().services()).hasSize(1);
        assertThat(rows.held(Samples.TENANT, EAST)).isEmpty();
    }

    @Test
    void theBrakeIsLoosenedWhenWhatWasMissingIsBack() {
        ClusterInventory inventory = joined("a", "b", "c", "d", "e", "f");
        list(inventory, ReportKind.REPORT_KIND_SERVICE, services("a"));

        list(inventory, ReportKind.REPORT_KIND_SERVICE, services("a", "b", "c", "d", "e", "f"));

        assertThat(replica.image().judgement(EAST).braked()).isFalse();
        assertThat(rows.held(Samples.TENANT, EAST)).isEmpty();
        assertThat(facts().services()).hasSize(6);
    }

    @Test
    void aServiceThatIsGoneStaysWhileItIsCalledAndGoesAfterwards() {
        ClusterInventory inventory = joined("cart", "stock");
        calls(true);

        list(inventory, ReportKind.REPORT_KIND_SERVICE, services("stock"));
        assertThat(service("cart", facts()).gone()).isTrue();
        assertThat(ready("cart")).isZero();
        assertThat(inventory.isDue(now)).isFalse();

        calls(false);
        assertThat(inventory.isDue(now)).isTrue();
        inventory.fold(now);
        assertThat(facts().services()).doesNotContainKey(Samples.CART);
    }

    private void calls(boolean gained) {
        long epoch = logs.openEpoch(Samples.TENANT, Samples.WEST);
        var call = Samples.set(Samples.call(EAST, Samples.CART_V1));
        var none = new TreeSet<io.weft.policy.image.Call>();
        replica.propose(image -> new Decision<>(
                Proposal.of(
                        image.position(),
                        new Acknowledged(
                                Samples.WEST,
                                epoch,
                                new TreeSet<>(),
                                new TreeSet<>(),
                                new TreeSet<>(),
                                gained ? call : none,
                                gained ? none : call,
                                new TreeMap<>(),
                                new TreeSet<>())),
                ""));
    }

    @Test
    void aDeletedClusterHasNoFactsUntilItIsDeclaredAgain() {
        ClusterInventory inventory = joined("cart");
        declare(false);

        ready(inventory, 0);
        assertThat(facts()).isEqualTo(ClusterFacts.EMPTY);

        declare(true);
        now = now.plus(ClusterInventory.CALM);
        assertThat(inventory.isDue(now)).isTrue();
        inventory.fold(now);
        assertThat(facts().services()).hasSize(1);
    }

    @Test
    void aSessionThatWasReplacedChangesNothing() {
        ClusterInventory old = joined("cart");
        session();
        List<ReportItem> items = new ArrayList<>(List.of(version("cart", 0)));

        assertThatThrownBy(
                        () -> old.change(new HubEffect.Change(ReportKind.REPORT_KIND_VERSION, items, List.of()), now))
                .isInstanceOf(FencedException.class);
        assertThat(ready("cart")).isEqualTo(2);
    }
}
