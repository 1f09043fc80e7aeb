package io.weft.policy.image;

import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which hosts should have a virtual address: a service without one is in no bundle. */
public final class Addresses {
    private Addresses() {}

    /**
     * For each host that lacks an address, one.
     *
     * @param now the database's time; {@link Instant#MIN}: none of those that rest, {@link Instant#MAX}: any
     */
    public static SortedMap<String, String> given(TenantImage image, Instant now) {
        List<String> lacking = hosts(image).stream()
                .filter(host -> image.address(host).isEmpty())
                .toList();
        return lacking.isEmpty() ? new TreeMap<>() : AddressRange.DEFAULT.allocate(image, lacking, now);
    }

    /** The addresses of hosts that are no global service's any more, and that no gateway answers and nobody calls. */
    public static SortedMap<String, String> freed(TenantImage image) {
        SortedSet<String> wanted = hosts(image);
        SortedMap<String, String> freed = new TreeMap<>();
        image.addresses().forEach((host, address) -> {
            if (!wanted.contains(host) && !inUse(image, host)) freed.put(host, address);
        });
        return freed;
    }

    /** The hosts of all global services, under every domain that some cluster may still be released to. */
    private static SortedSet<String> hosts(TenantImage image) {
        SortedSet<String> hosts = new TreeSet<>();
        for (GnsName name : image.gnsNames()) {
            ResourceKey key = ResourceKey.globalNamespace(name.value());
            long least = image.leastReleased(Scope.of(name));
            add(image.resource(key), image.membership(name), image, hosts);
            add(image.resourceAt(key, least), image.membershipAt(name, least), image, hosts);
        }
        return hosts;
    }

    private static void add(
            Optional<Resource> resource, SortedSet<Member> members, TenantImage image, SortedSet<String> hosts) {
        if (resource.isEmpty() || !(resource.get() instanceof Resource.GlobalNamespace gns)) return;
        for (Member member : members) {
            ServiceId first = new ServiceId(member.namespace(), "");
            for (Map.Entry<ServiceId, ServiceFact> service :
                    image.facts(member.cluster()).services().tailMap(first).entrySet()) {
                if (!service.getKey().namespace().equals(member.namespace())) break;
                // A headless service is no global service.
                if (service.getValue().ports().isEmpty()) continue;
                hosts.add(service.getKey().name() + "." + gns.spec().domain());
            }
        }
    }

    private static boolean inUse(TenantImage image, String host) {
        return image.acknowledgements().values().stream()
                .anyMatch(state -> state.answers().stream()
                                .anyMatch(n -> n.host().equals(host))
                        || state.calls().stream().anyMatch(c -> c.name().host().equals(host)));
    }
}
