package io.weft.fleet.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * HTTP/1.1 by TLS on the loopback address, a virtual thread for each connection. The JDK's own server mixes up what is
 * streamed by TLS.
 */
final class TlsServer implements AutoCloseable {
    private static final int TRIES = 40;

    private final ServerSocket server;
    private final SSLContext tls;
    private final Handler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Answers one request. */
    interface Handler {
        void handle(Exchange exchange) throws IOException, InterruptedException;
    }

    /** @param port 0 for any */
    TlsServer(int port, SSLContext tls, Handler handler) throws IOException {
        this.tls = tls;
        this.handler = handler;
        this.server = bound(port);
        threads.execute(this::accept);
    }

    /** Connections of a server that was there before may hold its port for a moment. */
    private static ServerSocket bound(int port) throws IOException {
        for (int tries = 1; ; tries++) {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
                return socket;
            } catch (BindException e) {
                socket.close();
                if (tries == TRIES) throw e;
                pause();
            }
        }
    }

    private static void pause() throws BindException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BindException("interrupted");
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RuntimeException closed) {
                // Told by the loop's condition; whatever else it was, the next connection may be well.
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            plain.setTcpNoDelay(true);
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, "", plain.getPort(), true);
            secure.setUseClientMode(false);
            BufferedInputStream in = new BufferedInputStream(secure.getInputStream());
            while (true) {
                Optional<HttpExchange> exchange = HttpExchange.read(in, secure.getOutputStream());
                if (exchange.isEmpty()) return;
                handler.handle(exchange.get());
                if (!exchange.get().finish()) return;
            }
        } catch (IOException gone) {
            // Clients come and go.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(plain);
        }
    }

    /** Ends every connection at once. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Socket connection : connections) {
            try {
                connection.close();
            } catch (IOException gone) {
                // which is what was wanted
            }
        }
        threads.shutdownNow();
    }
}
