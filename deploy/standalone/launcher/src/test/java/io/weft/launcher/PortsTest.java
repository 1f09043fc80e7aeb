package io.weft.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.4", "198.17.255.255", "198.20.0.1", "203.0.113.9"})
    void addressesOfANetworkCanBeDialled(String address) throws Exception {
        assertThat(Ports.canBeDialled(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.0.1", "198.19.255.254", "169.254.10.1", "fd00::1"})
    void addressesOfALaboratoryOrALinkAreNotToldToAgents(String address) throws Exception {
        assertThat(Ports.canBeDialled(InetAddress.ofLiteral(address))).isFalse();
    }
}
