package io.weft.web.relay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with an error when it is longer than it may be. */
final class LimitedBody extends FilterInputStream {
    /** More bytes than this are never relayed; the hub itself takes less. */
    static final long MOST = 10L * 1024 * 1024;

    private long left = MOST;
    private volatile boolean exceeded;

    LimitedBody(InputStream body) {
        super(body);
    }

    boolean exceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) count(1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) count(read);
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left >= 0) return;
        exceeded = true;
        throw new IOException("body longer than " + MOST + " bytes");
    }
}
