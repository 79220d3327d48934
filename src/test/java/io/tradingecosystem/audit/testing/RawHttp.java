package io.tradingecosystem.audit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of HTTP that sends what no library would, on one connection. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    /** On a socket that is connected, such as one with TLS. */
    public RawHttp(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Connects to a port of loopback. */
    public RawHttp(int port) throws IOException {
        socket = new Socket();
        connect(port);
    }

    /** Connects with a small buffer, so that it is soon noticed if it does not read. */
    public RawHttp(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        connect(port);
    }

    private void connect(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Sends characters, one byte each. */
    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends what a server may refuse before it has all: it is not an error if that fails. */
    public RawHttp trySending(String text) {
        try {
            send(text);
        } catch (IOException e) {
            // The answer, or its absence, tells.
            return this;
        }
        return this;
    }

    /** Says that no more is sent. */
    public RawHttp finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** All that comes until the server closes; fails if it does not. */
    public String readToEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8 << 10];
        InputStream in = socket.getInputStream();
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            // Reset: closed with something unread.
            return text.toString();
        }
        return text.toString();
    }

    /**
     * The same, but says that no more is sent as soon as an answer begins, so that the server need
     * not wait whether more comes.
     */
    public String readAnswer() throws IOException {
        try {
            int first = socket.getInputStream().read();
            return first < 0 ? "" : (char) first + finish().readToEnd();
        } catch (SocketException e) {
            return "";
        }
    }

    /** What comes until it ends with this. */
    public String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Whether the server closes within this time, whatever it sends before. */
    public boolean isClosedWithin(Duration patience) throws IOException {
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        try {
            readToEnd();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
