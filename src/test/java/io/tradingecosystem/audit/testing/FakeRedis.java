package io.tradingecosystem.audit.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Something that listens where a Redis is expected and answers whatever a test wants. */
public final class FakeRedis implements AutoCloseable {
    private final ServerSocket listener;
    private final Function<List<String>, String> answers;

    private FakeRedis(ServerSocket listener, Function<List<String>, String> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    /**
     * Listens on a free port.
     *
     * @param answers gets a command with its arguments, gives a reply as it goes over the wire
     */
    public static FakeRedis start(Function<List<String>, String> answers) {
        try {
            FakeRedis made =
                    new FakeRedis(
                            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text, as it goes over the wire. */
    public static String text(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    /** The whole answer to SCAN. */
    public static String scanned(String... keys) {
        StringBuilder reply = new StringBuilder("*2\r\n" + text("0") + "*" + keys.length + "\r\n");
        List.of(keys).forEach(key -> reply.append(text(key)));
        return reply.toString();
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> command = new ArrayList<>();
                for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                    in.readLine();
                    command.add(in.readLine());
                }
                out.write(answers.apply(command).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The client has left.
            return;
        }
    }
}
