package io.weft.fleet.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request by HTTP/1.1, and its answer. */
final class HttpExchange implements Exchange {
    private static final int MOST_HEAD = 64 * 1024;
    private static final int MOST_READ = 32 * 1024 * 1024;

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;
    private final InputStream in;
    private final OutputStream out;
    private Stream stream = Stream.NONE;

    /** How an answer is told whose end is not known. */
    private enum Stream {
        NONE,
        CHUNKS,
        FRAMES
    }

    private HttpExchange(
            String method, String target, Map<String, String> headers, byte[] body, InputStream in, OutputStream out) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.in = in;
        this.out = out;
    }

    /** Empty when the client ended the connection instead. */
    static Optional<HttpExchange> read(InputStream in, OutputStream out) throws IOException {
        String line = line(in);
        if (line.isEmpty()) return Optional.empty();
        String[] first = line.split(" ", 3);
        if (first.length < 3) throw new IOException("not a request");
        Map<String, String> headers = new HashMap<>();
        while (true) {
            String header = line(in);
            if (header.isEmpty()) break;
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return Optional.of(new HttpExchange(first[0], first[1], headers, body(in, headers), in, out));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') line.write(next);
            if (line.size() > MOST_HEAD) throw new IOException("a line that is too long");
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** One byte more than may be, of one that is too long. */
    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            while (true) {
                int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
                if (size > 0) keep(in, size, kept);
                String end = line(in);
                if (size == 0) return kept.toByteArray();
                if (!end.isEmpty()) throw new IOException("a chunk that is longer than it says");
            }
        }
        keep(in, Long.parseLong(headers.getOrDefault("content-length", "0")), kept);
        return kept.toByteArray();
    }

    /** What is too much is read all the same, or the client would not hear why it is refused. */
    private static void keep(InputStream in, long size, ByteArrayOutputStream kept) throws IOException {
        if (size > MOST_READ) throw new IOException("a body of " + size + " bytes");
        byte[] buffer = new byte[(int) Math.min(size, 8192)];
        for (long left = size; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) throw new IOException("the body ends too early");
            left -= read;
            kept.write(buffer, 0, Math.min(read, Math.max(0, MOST_BODY + 1 - kept.size())));
        }
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    @Override
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public void send(int status, byte[] answer) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head(status, "Content-Length: " + answer.length));
        whole.writeBytes(answer);
        out.write(whole.toByteArray());
        out.flush();
    }

    private static byte[] head(int status, String length) {
        return ("HTTP/1.1 " + status + " Simulated\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** By WebSocket if the client asks for it. */
    @Override
    public void begin() throws IOException {
        String key = header("Sec-WebSocket-Key");
        boolean frames = header("Upgrade").equalsIgnoreCase("websocket") && !key.isEmpty();
        stream = frames ? Stream.FRAMES : Stream.CHUNKS;
        write(frames ? WebSocketFrames.accepted(key) : head(200, "Transfer-Encoding: chunked\r\nConnection: close"));
        Thread answering = Thread.currentThread();
        Thread.startVirtualThread(() -> listen(answering));
    }

    /** To hear that the client goes away, which ends the answer. */
    private void listen(Thread answering) {
        try {
            if (stream == Stream.FRAMES) WebSocketFrames.untilClosed(in, this::write);
            else if (in.read() >= 0) throw new IOException("a request before the answer to the one before");
        } catch (IOException gone) {
            // the same
        } finally {
            answering.interrupt();
        }
    }

    @Override
    public void stream(byte[] part) throws IOException {
        write(stream == Stream.FRAMES ? WebSocketFrames.text(part) : chunk(part));
    }

    private static byte[] chunk(byte[] part) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(part);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** @return whether another request may come */
    boolean finish() throws IOException {
        switch (stream) {
            case NONE -> {
                return !header("Connection").equalsIgnoreCase("close");
            }
            case CHUNKS -> write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            case FRAMES -> write(WebSocketFrames.closing());
        }
        return false;
    }
}
