package io.weft.it.real;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the kubelet asks a container: readiness at every look, liveness by its own period and threshold. */
final class ContainerProbes {
    private static final int PERIOD_SECONDS = 10;
    private static final int FAILURES = 3;

    private final Container container;
    private final String address;
    private Instant askedLive = Instant.MIN;
    private int failures;

    ContainerProbes(Container container, String address) {
        this.container = container;
        this.address = address;
    }

    /** @throws UnsupportedOperationException for a probe that is neither httpGet nor tcpSocket */
    boolean ready() {
        return passes(container.getReadinessProbe());
    }

    /** Whether the container that started then has failed its liveness probe as often in a row as it may. */
    boolean failedLiveness(Instant started, Instant now) {
        Probe probe = container.getLivenessProbe();
        if (probe == null) {
            return false;
        }
        if (askedLive.isBefore(started)) {
            askedLive = started.plusSeconds(Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0));
            failures = 0;
        }
        if (now.isBefore(askedLive.plusSeconds(Objects.requireNonNullElse(probe.getPeriodSeconds(), PERIOD_SECONDS)))) {
            return false;
        }
        askedLive = now;
        failures = passes(probe) ? 0 : failures + 1;
        return failures >= Objects.requireNonNullElse(probe.getFailureThreshold(), FAILURES);
    }

    private boolean passes(@Nullable Probe probe) {
        if (probe == null) {
            return true;
        }
        if (probe.getHttpGet() != null) {
            String path = Objects.requireNonNullElse(probe.getHttpGet().getPath(), "/");
            return Istiod.answers(address, port(probe.getHttpGet().getPort()), path);
        }
        if (probe.getTcpSocket() != null) {
            return accepts(port(probe.getTcpSocket().getPort()));
        }
        throw new UnsupportedOperationException("probe: " + probe + " (expected: httpGet or tcpSocket)");
    }

    private boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int port(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(each -> port.getStrVal().equals(each.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("port: " + port.getStrVal() + " (expected: a named one)"));
    }
}
