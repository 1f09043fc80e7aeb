package io.weft.fleet.cluster;

import java.io.IOException;

/** One request to an API server, and where its answer goes. An answer that nobody hears any more ends by an exception. */
public interface Exchange {
    /** As the real API server; a body that is longer has at least one byte more than this. */
    int MOST_BODY = 3 * 1024 * 1024;

    String method();

    /** As it was sent, without its query. */
    String path();

    /** As it was sent; empty when there is none. */
    String query();

    /** @return empty when there is none */
    String header(String name);

    byte[] body();

    /** The whole answer, JSON. */
    void send(int status, byte[] answer) throws IOException, InterruptedException;

    /** Begins an answer whose end is not known yet. */
    void begin() throws IOException, InterruptedException;

    /** One part of it, sent at once. */
    void stream(byte[] part) throws IOException, InterruptedException;
}
