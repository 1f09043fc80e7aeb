package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of the inventory can change what any cluster should have. Pods and nodes are not facts. */
public final class Facts {
    private Facts() {}

    /** A service of one cluster, written {@code namespace/name}. */
    public record ServiceId(String namespace, String name) implements Comparable<ServiceId> {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static ServiceId parse(String text) {
            int slash = text.indexOf('/');
            if (slash <= 0 || slash == text.length() - 1) {
                throw new IllegalArgumentException("service: " + text + " (expected: namespace/name)");
            }
            return new ServiceId(text.substring(0, slash), text.substring(slash + 1));
        }

        @Override
        public int compareTo(ServiceId other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }

        @JsonValue
        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    /** @param uid of the namespace object */
    public record NamespaceFact(SortedMap<String, String> labels) {
        public NamespaceFact {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }
    }

    public enum Protocol {
        HTTP,
        HTTP2,
        GRPC,
        TCP,
        TLS
    }

    /** @param targetPort the port that instances listen on, already resolved to a number */
    public record PortFact(int number, String name, Protocol protocol, int targetPort) implements Comparable<PortFact> {
        @Override
        public int compareTo(PortFact other) {
            return Integer.compare(number, other.number);
        }
    }

    /**
     * One version of a service.
     *
     * @param meshed whether its instances have a proxy
     * @param ready ready instances, coarse: 0 to 4, then in steps of 25 %
     * @param locality {@code region/zone} of most instances, or empty
     */
    public record VersionFact(SortedSet<String> serviceAccounts, boolean meshed, int ready, String locality) {
        public VersionFact {
            serviceAccounts = Collections.unmodifiableSortedSet(new TreeSet<>(serviceAccounts));
        }
    }

    /**
     * A Kubernetes service.
     *
     * @param ports empty for a headless service, of which no more than the labels is known
     * @param versions by the value of the instances' version label; the empty text for instances without one
     * @param since position of the log at which this service was first seen; of two services of one name, the older one is served
     * @param gone the service is no more, but other clusters may still call it by its global name
     */
    public record ServiceFact(
            SortedMap<String, String> labels,
            SortedMap<String, String> selector,
            SortedSet<PortFact> ports,
            SortedMap<String, VersionFact> versions,
            long since,
            boolean gone) {
        public ServiceFact {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
            ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
            versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        }
    }

    /** An address at which other clusters reach this cluster's east-west gateway. */
    public record GatewayAddress(String address, int port) implements Comparable<GatewayAddress> {
        @Override
        public int compareTo(GatewayAddress other) {
            int byAddress = address.compareTo(other.address);
            return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
        }
    }

    /**
     * The cluster's east-west gateway.
     *
     * @param selector labels of the gateway's pods; empty when there is none
     */
    public record GatewayFact(String namespace, SortedMap<String, String> selector, List<GatewayAddress> addresses) {
        public static final GatewayFact NONE = new GatewayFact("", new TreeMap<>(), List.of());

        public GatewayFact {
            selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
            addresses = addresses.stream().sorted().toList();
        }
    }

    /**
     * What the mesh of a cluster is and can do.
     *
     * @param mesh {@code istio}, or empty when none was found
     * @param dnsCapture whether sidecars resolve the names of service entries
     */
    public record Capabilities(
            String mesh, String version, String network, String trustDomain, String rootNamespace, boolean dnsCapture) {
        public static final Capabilities NONE = new Capabilities("", "", "", "", "", false);
    }
}
