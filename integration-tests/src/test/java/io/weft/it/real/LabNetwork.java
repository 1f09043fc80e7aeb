package io.weft.it.real;

import java.util.ArrayList;
import java.util.List;

/**
 * The network namespaces of a lab: a hub with a bridge per cluster and one for the wide area, and one per pod.
 *
 * <p>Between clusters only port 15443 passes. This machine reaches everything in the clusters, as a node would. Pods
 * reach this machine at no port but those opened, and the control planes' own address, where the API servers listen,
 * not at all: what a pod needs of istiod is at its cluster's bridge.
 */
final class LabNetwork {
    private final LabSlot slot;
    private final String hub;
    private int interfaces;

    LabNetwork(LabSlot slot) {
        this.slot = slot;
        this.hub = slot.prefix() + "hub";
    }

    List<String> hubEntrance() {
        return List.of("ip", "netns", "exec", hub);
    }

    List<String> podEntrance(PodSpec pod) {
        return List.of("ip", "netns", "exec", namespace(pod));
    }

    private String namespace(PodSpec pod) {
        return slot.prefix() + pod.name();
    }

    void create(int clusters) {
        StringBuilder script = new StringBuilder(
                """
                ip netns add %1$s
                ip -n %1$s link set lo up
                ip link add %2$s type veth peer name host netns %1$s
                ip addr add %3$s/30 dev %2$s
                ip link set %2$s up
                ip -n %1$s addr add %4$s/30 dev host
                ip -n %1$s link set host up
                ip netns exec %1$s sysctl -qw net.ipv4.ip_forward=1
                ip -n %1$s link add wan type bridge
                ip -n %1$s addr add %5$s/24 dev wan
                ip -n %1$s link set wan up
                """.formatted(hub, slot.link(), slot.hostAddress(), slot.hubAddress(), slot.wanAddress(1)));
        for (int cluster = 0; cluster < clusters; cluster++) {
            script.append("""
                    ip -n %1$s link add pods%2$d type bridge
                    ip -n %1$s addr add %3$s.0.1/16 dev pods%2$d
                    ip -n %1$s link set pods%2$d up
                    ip route add %3$s.0.0/16 via %4$s dev %5$s
                    """.formatted(hub, cluster, slot.clusterNet(cluster), slot.hubAddress(), slot.link()));
        }
        Shell.script(script.toString());
        Shell.must(nft(hub), rules(clusters));
    }

    private String rules(int clusters) {
        StringBuilder within = new StringBuilder();
        for (int cluster = 0; cluster < clusters; cluster++) {
            within.append("iifname \"pods%1$d\" oifname \"pods%1$d\" accept\n".formatted(cluster));
        }
        return """
                table ip lab {
                  set open { type inet_service; }
                  chain inbound { type filter hook input priority filter; policy accept;
                    iifname "pods*" ip daddr %s ct state new reject with tcp reset
                    iifname "wan" ct state new drop
                  }
                  chain forward { type filter hook forward priority filter; policy drop;
                    ct state established,related accept
                    %s
                    iifname "wan" oifname "wan" accept
                    iifname "host" oifname "pods*" accept
                    iifname "pods*" oifname "host" tcp dport @open accept
                    iifname "pods*" oifname "wan" tcp dport 15443 accept
                    tcp flags & (fin|syn|rst|ack) == syn reject with tcp reset
                  }
                }
                """.formatted(slot.hubAddress(), within);
    }

    void open(int port) {
        Shell.must(nft(hub), "add element ip lab open { " + port + " }\n");
    }

    /** Adds or takes away all traffic between the wide area and this cluster's gateway, as a broken link. */
    void cut(String wanInterface, boolean cut) {
        Shell.must("ip", "-n", hub, "link", "set", wanInterface, cut ? "down" : "up");
    }

    /** Makes the pod's namespace; returns the name of the hub's end of its wide area link, empty if it has none. */
    synchronized String add(PodSpec pod, int cluster, String address, String wanAddress) {
        String name = namespace(pod);
        int index = interfaces++;
        List<String> lines = new ArrayList<>(List.of(
                "ip netns add " + name,
                "ip -n " + name + " link set lo up",
                "ip -n " + hub + " link add p" + index + " type veth peer name eth0 netns " + name,
                "ip -n " + hub + " link set p" + index + " master pods" + cluster + " up",
                "ip -n " + name + " addr add " + address + "/16 dev eth0",
                "ip -n " + name + " link set eth0 up",
                "ip -n " + name + " route add default via " + slot.clusterNet(cluster) + ".0.1"));
        boolean gateway = pod.kind() == PodSpec.Kind.GATEWAY;
        if (gateway) {
            lines.add("ip -n " + hub + " link add w" + index + " type veth peer name wan0 netns " + name);
            lines.add("ip -n " + hub + " link set w" + index + " master wan up");
            lines.add("ip -n " + name + " addr add " + wanAddress + "/24 dev wan0");
            lines.add("ip -n " + name + " link set wan0 up");
        }
        lines.add("mkdir -p /etc/netns/" + name);
        lines.add("printf '127.0.0.1 localhost\\n" + slot.clusterNet(cluster)
                + ".0.1 istiod.istio-system.svc\\n' > /etc/netns/" + name + "/hosts");
        lines.add("printf 'nameserver 127.0.0.1\\noptions ndots:1\\n' > /etc/netns/" + name + "/resolv.conf");
        Shell.script(String.join("\n", lines));
        if (!gateway) {
            Shell.must(nft(name), REDIRECTS);
        }
        return gateway ? "w" + index : "";
    }

    void remove(PodSpec pod) {
        Shell.script("ip netns delete %1$s; rm -rf /etc/netns/%1$s".formatted(namespace(pod)));
    }

    /**
     * Everything but Envoy itself (user 1337) goes through Envoy, names included. The look-ups that the proxy's agent makes
     * itself are not tracked: else a look-up of the application from the same port within half a minute counts as part of
     * the same exchange, is not redirected, and finds nobody. Istio parts the two by zones of conntrack.
     */
    private static final String REDIRECTS = """
            table ip istio {
              chain untracked { type filter hook output priority raw;
                meta skuid 1337 udp dport 53 notrack
              }
              chain outbound { type nat hook output priority -100;
                meta skuid 1337 return
                udp dport 53 redirect to :15053
                ip daddr 127.0.0.0/8 return
                meta l4proto tcp redirect to :15001
              }
              chain inbound { type nat hook prerouting priority dstnat;
                tcp dport { 15008, 15020, 15021, 15090 } return
                meta l4proto tcp redirect to :15006
              }
            }
            """;

    private static List<String> nft(String namespace) {
        return List.of("nsenter", "--net=/run/netns/" + namespace, "nft", "-f", "-");
    }
}
