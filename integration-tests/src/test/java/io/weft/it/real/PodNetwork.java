package io.weft.it.real;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge of this machine with a network namespace for each pod of a {@link KubeletStandIn}, as on a node: pods have
 * addresses of their own, and reach each other, a control plane of this network and whatever listens on this machine.
 */
public final class PodNetwork implements AutoCloseable {
    private static final int API_SERVER_PORT = 6443;
    private static final int FIRST_POD = 10;
    private static final int LAST_POD = 254;

    private final LabSlot slot = LabSlot.take();
    private final AtomicInteger next = new AtomicInteger(FIRST_POD);

    private PodNetwork() {}

    public static PodNetwork create() {
        PodNetwork network = new PodNetwork();
        Shell.script("""
                ip link add %1$s type bridge
                ip addr add %2$s/24 dev %1$s
                ip link set %1$s up
                """.formatted(network.slot.link(), network.hostAddress()));
        return network;
    }

    /** This machine's, as pods see it. */
    public String hostAddress() {
        return slot.hostAddress();
    }

    /** A control plane that pods reach; the caller closes it before this network. */
    public ControlPlane startControlPlane() {
        return ControlPlane.start(
                slot.folder().resolve("plane"),
                RealClusterBinaries.require(),
                new Place(List.of(), hostAddress(), API_SERVER_PORT));
    }

    PodPlace add() {
        int host = next.getAndIncrement();
        if (host > LAST_POD) throw new IllegalStateException("pods: more than " + (LAST_POD - FIRST_POD + 1));
        String address = hostAddress().replaceFirst("\\d+$", Integer.toString(host));
        Shell.script("""
                ip netns add %1$s
                ip link add %2$s type veth peer name eth0 netns %1$s
                ip link set %2$s master %3$s up
                ip -n %1$s addr add %4$s/24 dev eth0
                ip -n %1$s link set lo up
                ip -n %1$s link set eth0 up
                """.formatted(slot.prefix() + host, slot.link() + "p" + host, slot.link(), address));
        return new PodPlace(List.of("nsenter", "--net=/run/netns/" + slot.prefix() + host), address, address);
    }

    @Override
    public void close() {
        slot.close();
    }
}
