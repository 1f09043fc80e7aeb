package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ServicePort;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ports of services: which protocol, and which port of the instances. */
final class Ports {
    private Ports() {}

    /** @param pods the instances of the service */
    static ServicePort of(io.fabric8.kubernetes.api.model.ServicePort port, List<Pod> pods) {
        return ServicePort.newBuilder()
                .setNumber(port.getPort())
                .setName(Instance.text(port.getName()))
                .setProtocol(protocol(port))
                .setTargetPort(target(port, pods))
                .build();
    }

    /** As Istio selects it: appProtocol, else the name up to its first dash. Anything unknown is only bytes. */
    private static PortProtocol protocol(io.fabric8.kubernetes.api.model.ServicePort port) {
        if ("UDP".equals(port.getProtocol())) return PortProtocol.PORT_PROTOCOL_UDP;
        PortProtocol said = named(port.getAppProtocol());
        if (said != null) return said;
        String name = Instance.text(port.getName());
        int dash = name.indexOf('-');
        PortProtocol byName = named(dash < 0 ? name : name.substring(0, dash));
        return byName != null ? byName : PortProtocol.PORT_PROTOCOL_TCP;
    }

    private static @Nullable PortProtocol named(@Nullable String name) {
        return switch (Instance.text(name).toLowerCase(Locale.ROOT)) {
            case "http", "kubernetes.io/ws" -> PortProtocol.PORT_PROTOCOL_HTTP;
            case "http2", "kubernetes.io/h2c" -> PortProtocol.PORT_PROTOCOL_HTTP2;
            case "grpc" -> PortProtocol.PORT_PROTOCOL_GRPC;
            case "https", "tls", "kubernetes.io/wss" -> PortProtocol.PORT_PROTOCOL_TLS;
            case "tcp", "mongo", "mysql", "redis" -> PortProtocol.PORT_PROTOCOL_TCP;
            case "udp" -> PortProtocol.PORT_PROTOCOL_UDP;
            default -> null;
        };
    }

    private static int target(io.fabric8.kubernetes.api.model.ServicePort port, List<Pod> pods) {
        IntOrString target = port.getTargetPort();
        if (target == null) return port.getPort();
        if (target.getIntVal() != null) return target.getIntVal() == 0 ? port.getPort() : target.getIntVal();
        List<Integer> found = pods.stream()
                .flatMap(Instance::containers)
                .flatMap(container -> container.getPorts().stream())
                .filter(each -> target.getStrVal().equals(each.getName()))
                .map(ContainerPort::getContainerPort)
                .distinct()
                .toList();
        return found.size() == 1 ? found.getFirst() : 0;
    }
}
