package io.weft.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The hub stops and starts again with nothing changed: how long until it knows that all agents have what they should. */
final class Reconnect {
    private static final Pattern RECEIVED = Pattern.compile("bytes_received:(\\d+)");

    /**
     * @param restart from the stop of the hub to its agents' port
     * @param sync from there until the last agent is in sync
     * @param bundles how many were sent, to all agents together
     * @param received bytes that the agents' sockets received, each on average: TLS and all
     */
    record Result(Duration restart, Duration welcomed, Duration sync, int bundles, long received) {}

    private final Fleet fleet;

    Reconnect(Fleet fleet) {
        this.fleet = fleet;
    }

    Result measure() {
        int saved = saved();
        long stopped = System.nanoTime();
        fleet.weft().weft("down");
        fleet.agents().forEach(agent -> agent.welcomed = false);
        Thread up = Thread.ofVirtual().start(() -> fleet.weft().start());
        Fleet.await("the agents' port", this::open);
        long open = System.nanoTime();
        Fleet.await("all to be welcomed", () -> fleet.agents().stream().allMatch(agent -> agent.welcomed));
        long welcomed = System.nanoTime();
        Fleet.await("all to be in sync", () -> {
            boolean all = fleet.inSync() == fleet.agents().size();
            if (!all) Fleet.pause(Duration.ofMillis(200)); // asking is work for the hub too
            return all;
        });
        long inSync = System.nanoTime();
        try {
            up.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Result(
                Duration.ofNanos(open - stopped),
                Duration.ofNanos(welcomed - open),
                Duration.ofNanos(inSync - open),
                saved() - saved,
                received());
    }

    private int saved() {
        return fleet.agents().stream().mapToInt(agent -> agent.saved.get()).sum();
    }

    private boolean open() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", fleet.weft().grpcPort(1)), 100);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private long received() {
        String sockets = Tools.run("ss", "-tinH", "dport = :" + fleet.weft().grpcPort(1));
        return (long) RECEIVED.matcher(sockets)
                .results()
                .map(MatchResult::group)
                .mapToLong(group -> Long.parseLong(group.substring(group.indexOf(':') + 1)))
                .average()
                .orElse(0);
    }
}
