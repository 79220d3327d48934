package io.tradingecosystem.audit.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** A client that writes HTTP/2 frames as it likes (RFC 9113), to do what no decent one does. */
public final class RawHttp2 implements Closeable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    public static final int CANCEL = 8;
    public static final int ENHANCE_YOUR_CALM = 11;

    /** How much may be sent of a stream, and of all, to a client that says nothing about it. */
    public static final int INITIAL_WINDOW = 65_535;

    public static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Of the static table (RFC 7541, appendix A). */
    private static final int AUTHORITY = 1;

    private static final int METHOD_POST = 3;
    private static final int PATH = 4;
    private static final int SCHEME_HTTP = 6;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /** Connects and says nothing yet. */
    public RawHttp2(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
    }

    private RawHttp2(Socket connected) throws IOException {
        socket = connected;
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and greets. */
    public static RawHttp2 greeted(int port) throws IOException {
        return greeted(new RawHttp2(port));
    }

    /** Greets on a socket that is connected, such as one with TLS. */
    public static RawHttp2 greeted(Socket connected) throws IOException {
        return greeted(new RawHttp2(connected));
    }

    private static RawHttp2 greeted(RawHttp2 client) throws IOException {
        client.write(PREFACE);
        client.frame(SETTINGS, 0, 0, new byte[0]);
        return client;
    }

    /** Lets the server send as much as it likes, of each stream and of all. */
    public RawHttp2 withoutFlowControl() throws IOException {
        byte[] largestWindow = {0, 4, 0x7f, -1, -1, -1};
        frame(SETTINGS, 0, 0, largestWindow);
        byte[] muchMore = {0x7f, -1, 0, 0};
        frame(WINDOW_UPDATE, 0, 0, muchMore);
        return this;
    }

    /** A whole unary request. */
    public void call(int stream, String path, byte[] content) throws IOException {
        frame(HEADERS, END_HEADERS, stream, request(path));
        frame(DATA, END_STREAM, stream, message(content));
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        write(encode(type, flags, stream, payload));
    }

    public static byte[] encode(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The header block of a gRPC request, without Huffman coding (RFC 7541, 6). */
    public static byte[] request(String path, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x80 | METHOD_POST);
        block.write(0x80 | SCHEME_HTTP);
        block.write(PATH);
        text(block, path);
        block.write(AUTHORITY);
        text(block, "localhost");
        field(block, "content-type", "application/grpc");
        field(block, "te", "trailers");
        for (int i = 0; i < more.length; i += 2) {
            field(block, more[i], more[i + 1]);
        }
        return block.toByteArray();
    }

    /** A message with its prefix. */
    public static byte[] message(byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next frame. */
    public Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    /** Reads on until a frame is as wanted; fails if none is in this time. */
    public Frame readUntil(Duration max, Predicate<Frame> wanted) throws IOException {
        socket.setSoTimeout((int) max.toMillis());
        Frame frame = read();
        while (!wanted.test(frame)) {
            frame = read();
        }
        return frame;
    }

    /** Whether the server closes the connection within this time, whatever it still sends. */
    public boolean isClosedWithin(Duration max) throws IOException {
        socket.setSoTimeout((int) max.toMillis());
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A frame that came. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean is(int wanted) {
            return type == wanted;
        }

        /** Whether nothing more comes on this stream. */
        public boolean endsStream(int wanted) {
            boolean last = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
            return stream == wanted && (last || type == RST_STREAM);
        }

        /** The error code of a GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(4);
        }
    }
}
