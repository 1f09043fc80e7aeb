package io.weft.launcher;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;

/** What this machine's network offers. */
public final class Ports {
    private Ports() {}

    /** Refuses at once, and by name, what a replica would stumble over later. */
    public static void checkFree(RunOptions options) {
        checkFree("--port", options.httpPort());
        for (int replica = 1; replica <= options.replicas(); replica++) {
            checkFree("--grpc-port", options.grpcPort(replica));
        }
    }

    private static void checkFree(String option, int port) {
        if (port < 1 || port > 65535) throw new LaunchProblem(option + ": " + port + " (expected: 1 to 65535)");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new LaunchProblem(option + ": " + port + " is taken by another process (expected: a free port)", e);
        }
    }

    /** A port of this machine that nothing listens at. */
    public static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LaunchProblem("no port is free: " + e, e);
        }
    }

    /** An address at which clusters on this machine or beside it reach it; loopback when there is no network. */
    public static String ownAddress() {
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (!network.isUp()
                        || network.isLoopback()
                        || network.getName().matches("(docker|br-|veth|virbr|cni).*")) continue;
                for (InetAddress address : network.inetAddresses().toList()) {
                    if (canBeDialled(address)) return address.getHostAddress();
                }
            }
        } catch (SocketException e) {
            return "127.0.0.1";
        }
        return "127.0.0.1";
    }

    /** Not by others: what a link gives itself, and 198.18.0.0/15, which is for laboratories (RFC 2544). */
    static boolean canBeDialled(InetAddress address) {
        if (!(address instanceof Inet4Address) || address.isLinkLocalAddress()) return false;
        byte[] bytes = address.getAddress();
        return (bytes[0] & 0xff) != 198 || (bytes[1] & 0xfe) != 18;
    }
}
