package io.weft.fleet.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** As much of RFC 6455 as a server needs that only talks. */
final class WebSocketFrames {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_HEARD = 64 * 1024;

    private WebSocketFrames() {}

    /** Takes bytes to be sent. */
    interface Sender {
        void send(byte[] bytes) throws IOException;
    }

    /** The answer that opens the connection. */
    static byte[] accepted(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] text(byte[] content) {
        return frame(TEXT, content);
    }

    /** Says that all is told. */
    static byte[] closing() {
        return frame(CLOSE, new byte[] {3, (byte) 0xE8});
    }

    private static byte[] frame(int kind, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 10);
        frame.put((byte) (0x80 | kind));
        if (content.length < 126) {
            frame.put((byte) content.length);
        } else if (content.length < 65_536) {
            frame.put((byte) 126).putShort((short) content.length);
        } else {
            frame.put((byte) 127).putLong(content.length);
        }
        frame.put(content).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Answers what a client asks to see whether somebody is there; returns when it closes. */
    static void untilClosed(InputStream in, Sender sender) throws IOException {
        DataInputStream data = new DataInputStream(in);
        while (true) {
            int kind = data.readUnsignedByte() & 0x0F;
            int size = data.readUnsignedByte();
            long length = size & 0x7F;
            if (length == 126) length = data.readUnsignedShort();
            else if (length == 127) length = data.readLong();
            if (length > MOST_HEARD || (size & 0x80) == 0) throw new IOException("not a frame of a client");
            byte[] mask = data.readNBytes(4);
            byte[] content = data.readNBytes((int) length);
            for (int i = 0; i < content.length; i++) content[i] ^= mask[i % 4];
            if (kind == CLOSE) return;
            if (kind == PING) sender.send(frame(PONG, content));
        }
    }
}
