package io.tradingecosystem.audit.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A client that listens to a stream of server-sent events. */
public final class ServerSentEvents implements AutoCloseable {
    private final HttpClient client;
    private final BufferedReader lines;

    private ServerSentEvents(HttpClient client, BufferedReader lines) {
        this.client = client;
        this.lines = lines;
    }

    /** Listens to a stream from its beginning, as the path says. */
    public static ServerSentEvents of(int port, String path)
            throws IOException, InterruptedException {
        return listen(request(port, path));
    }

    /** Listens on behind the event that was the last one seen. */
    public static ServerSentEvents after(String id, int port, String path)
            throws IOException, InterruptedException {
        return listen(request(port, path).header("Last-Event-ID", id));
    }

    /** What the next line of a field says, whatever comes before it. */
    public String next(String field) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(field + ":")) {
            line = lines.readLine();
        }
        return String.valueOf(line).substring(field.length() + 1).strip();
    }

    @Override
    public void close() throws IOException {
        lines.close();
        client.shutdownNow();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static ServerSentEvents listen(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        return new ServerSentEvents(
                client,
                new BufferedReader(
                        new InputStreamReader(
                                client.send(request.build(), BodyHandlers.ofInputStream()).body(),
                                StandardCharsets.UTF_8)));
    }
}
