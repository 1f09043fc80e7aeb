package io.weft.policy.compile;

import io.weft.policy.Delivery;
import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.facts.Fold;
import io.weft.policy.image.AddressRange;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayAddress;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A story in YAML, told step by step into a log: {@code join} (a cluster with its facts), {@code put} and {@code delete}
 * of resources, {@code later} (a put that is not released), {@code release}, {@code observe}, {@code gone},
 * {@code judge}, and {@code deliver} (these clusters take and acknowledge what they should have, until nothing changes).
 */
final class GoldenCase {
    private final History history = new History(Samples.TENANT);
    private final Delivery delivery = new Delivery(history);
    private final SortedSet<ClusterName> clusters = new TreeSet<>();
    private int addresses;

    GoldenCase(JsonNode story) {
        for (JsonNode step : story.get("steps")) {
            step.properties().forEach(e -> tell(e.getKey(), e.getValue()));
            allocate();
        }
    }

    TenantImage image() {
        return history.image();
    }

    SortedSet<ClusterName> clusters() {
        return clusters;
    }

    CompiledCluster compiled(ClusterName cluster) {
        return delivery.compiler().compile(cluster);
    }

    private void tell(String what, JsonNode how) {
        switch (what) {
            case "join" -> join(how);
            case "observe" -> history.observed(cluster(how), services(how));
            case "gone" -> gone(how);
            case "put" -> history.change(List.of(resource(how)), new TreeSet<>(), true);
            case "later" -> history.change(List.of(resource(how)), new TreeSet<>(), false);
            case "delete" -> delete(how);
            case "release" -> release(how);
            case "judge" ->
                history.append(new Judged(
                        cluster(how), Liveness.valueOf(how.get("liveness").asString()), null, "told so"));
            case "deliver" -> {
                List<ClusterName> to = new ArrayList<>();
                how.forEach(name -> to.add(new ClusterName(name.asString())));
                delivery.settle(to);
            }
            default -> throw new IllegalArgumentException("step: " + what);
        }
    }

    private static ClusterName cluster(JsonNode how) {
        return new ClusterName(how.get("cluster").asString());
    }

    private void join(JsonNode how) {
        ClusterName name = cluster(how);
        clusters.add(name);
        history.put(Samples.cluster(name, history.image().revision() + 1));
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        how.path("namespaces").forEach(n -> namespaces.put(n.asString(), new NamespaceFact(Samples.map())));
        FactChange services = services(how);
        services.servicePuts().keySet().forEach(id -> namespaces.put(id.namespace(), new NamespaceFact(Samples.map())));
        List<GatewayAddress> reached = new ArrayList<>();
        JsonNode given = how.path("gateways");
        if (given.isMissingNode()) {
            reached.add(new GatewayAddress("192.0.2." + ++addresses, 15443));
        } else {
            given.forEach(address -> reached.add(new GatewayAddress(address.asString(), 15443)));
        }
        history.observed(
                name,
                new FactChange(
                        namespaces,
                        new TreeSet<>(),
                        services.servicePuts(),
                        new TreeSet<>(),
                        reached.isEmpty()
                                ? GatewayFact.NONE
                                : new GatewayFact("istio-system", Samples.map("istio", "eastwestgateway"), reached),
                        new Capabilities(
                                "istio",
                                "1.31.0",
                                how.path("network").asString(name.value()),
                                how.path("trustDomain").asString("cluster.local"),
                                "istio-system",
                                how.path("dnsCapture").asBoolean(true))));
    }

    private static FactChange services(JsonNode how) {
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>();
        for (var e : how.path("services").properties()) {
            puts.put(ServiceId.parse(e.getKey()), service(ServiceId.parse(e.getKey()), e.getValue()));
        }
        return new FactChange(new TreeMap<>(), new TreeSet<>(), puts, new TreeSet<>(), null, null);
    }

    /** {@code {ports: [80/HTTP/8080], accounts: [cart], meshed: true, versions: {v1: 2}}}. */
    private static ServiceFact service(ServiceId id, JsonNode how) {
        SortedSet<PortFact> ports = new TreeSet<>();
        for (JsonNode port : how.path("ports")) {
            String[] p = port.asString().split("/");
            int number = Integer.parseInt(p[0]);
            ports.add(new PortFact(number, "p" + number, Protocol.valueOf(p[1]), Integer.parseInt(p[2])));
        }
        if (!how.has("ports")) ports.add(new PortFact(80, "http", Protocol.HTTP, 8080));
        SortedSet<String> accounts = new TreeSet<>();
        how.path("accounts").forEach(a -> accounts.add(a.asString()));
        if (accounts.isEmpty()) accounts.add(id.name());
        SortedMap<String, VersionFact> versions = new TreeMap<>();
        for (var v : how.path("versions").properties()) {
            versions.put(
                    v.getKey(),
                    new VersionFact(
                            accounts,
                            how.path("meshed").asBoolean(true),
                            v.getValue().asInt(),
                            how.path("locality").asString("eu/eu-1")));
        }
        return new ServiceFact(Samples.map(), Samples.map("app", id.name()), ports, versions, 0, false);
    }

    private void gone(JsonNode how) {
        ServiceId id = ServiceId.parse(how.get("service").asString());
        ServiceFact fact = image().facts(cluster(how)).services().get(id);
        if (fact == null) throw new IllegalArgumentException("service: " + id);
        history.observed(cluster(how), Samples.put(id, Fold.gone(fact)));
    }

    private void delete(JsonNode how) {
        SortedSet<ResourceKey> keys = new TreeSet<>();
        how.forEach(key -> keys.add(ResourceKey.parse(key.asString())));
        history.delete(keys.toArray(ResourceKey[]::new));
    }

    private void release(JsonNode how) {
        SortedMap<ClusterName, Long> exceptions = new TreeMap<>();
        for (var e : how.path("clusters").properties()) {
            exceptions.put(new ClusterName(e.getKey()), revision(e.getValue()));
        }
        Long base = how.has("base") ? revision(how.get("base")) : null;
        history.append(new Released(new Scope(how.get("scope").asString()), base, exceptions));
    }

    /** 0 is the newest, -1 the one before. */
    private long revision(JsonNode given) {
        return image().revision() + given.asLong();
    }

    private Resource resource(JsonNode document) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "weft.io/v1");
        document.properties().forEach(e -> node.set(e.getKey(), e.getValue()));
        return switch (ResourceReader.read(node)) {
            case Document.Refused refused ->
                throw new IllegalArgumentException(refused.violations().toString());
            case Document.Read read -> {
                var metadata = Samples.metadata(1, image().revision() + 1);
                yield switch (read.spec()) {
                    case GlobalNamespaceSpec spec -> new Resource.GlobalNamespace(read.key(), metadata, spec);
                    case TrafficRouteSpec spec -> new Resource.TrafficRoute(read.key(), metadata, spec);
                    default -> throw new IllegalArgumentException("kind: " + read.key());
                };
            }
        };
    }

    /** Every host has an address, as the hub would see to. */
    private void allocate() {
        SortedSet<String> hosts = new TreeSet<>();
        for (GnsName gns : image().gnsNames()) {
            image().resource(ResourceKey.globalNamespace(gns.value())).ifPresent(resource -> {
                String domain = ((GlobalNamespaceSpec) resource.spec()).domain();
                image().membership(gns)
                        .forEach(member -> image().facts(member.cluster()).services().keySet().stream()
                                .filter(id -> id.namespace().equals(member.namespace()))
                                .forEach(id -> hosts.add(Hosts.host(id.name(), domain))));
            });
        }
        hosts.removeAll(image().addresses().keySet());
        if (hosts.isEmpty()) return;
        history.append(new Allocated(AddressRange.DEFAULT.allocate(image(), hosts, Samples.START), new TreeMap<>()));
    }
}
