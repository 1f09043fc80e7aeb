package io.weft.it.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where processes run: the command that moves them there, and the address that they listen on and this JVM reaches.
 * The ports are {@code firstPort} and the two after it.
 */
record Place(List<String> entrance, String address, int firstPort) {

    /** On this machine's loopback, at ports that nobody has now. */
    static Place loopback() {
        IOException lastFailure = new IOException("no three free ports in a row");
        for (int attempt = 0; attempt < 50; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second = listening(first.getLocalPort() + 1);
                    ServerSocket third = listening(second.getLocalPort() + 1)) {
                return new Place(List.of(), "127.0.0.1", third.getLocalPort() - 2);
            } catch (IOException taken) {
                lastFailure = taken;
            }
        }
        throw new UncheckedIOException(lastFailure);
    }

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    List<String> command(List<String> words) {
        List<String> all = new ArrayList<>(entrance);
        all.addAll(words);
        return all;
    }
}
