package io.weft.agent.link;

/** Where a hub listens for agents, written {@code host:port}. */
public record HubAddress(String host, int port) {
    /** @throws IllegalArgumentException with what was expected */
    public static HubAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= 65_535) return new HubAddress(text.substring(0, colon), port);
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("hub address: " + text + " (expected: host:port)");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
