package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Clients of HTTP that each keep one connection and send a request when they have the last answer.
 * The server's CPU time is that of the process without its clients' threads, so it holds what the
 * compiler and the collector took.
 */
final class HttpLoad {
    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final byte[] request;
    private final long roundNanos;

    /**
     * @param request as it is sent
     * @param roundNanos how long a round takes
     */
    HttpLoad(String request, long roundNanos) {
        this.request = request.getBytes(StandardCharsets.US_ASCII);
        this.roundNanos = roundNanos;
    }

    /** What one round has measured; the CPU time is all of the process but its clients'. */
    record Run(double rate, double serverMicros) {}

    /** So many clients, each on a connection of its own, for one round. */
    Run run(int connections, int port) throws InterruptedException, ExecutionException {
        LongAdder answers = new LongAdder();
        LongAdder clientNanos = new LongAdder();
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            var running =
                    IntStream.range(0, connections)
                            .mapToObj(
                                    i ->
                                            clients.submit(
                                                    () ->
                                                            client(
                                                                    port,
                                                                    start,
                                                                    answers,
                                                                    clientNanos)))
                            .toList();
            for (Future<?> client : running) {
                client.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double serverNanos = PROCESS.getProcessCpuTime() - cpu - clientNanos.sum();
        return new Run(answers.sum() / seconds, serverNanos / 1e3 / answers.sum());
    }

    private void client(int port, long start, LongAdder answers, LongAdder cpu) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            out.write(request);
            int length = readAnswer(in, buffer);
            while (System.nanoTime() - start < roundNanos) {
                out.write(request);
                readAgain(in, buffer, length);
                answers.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cpu.add(THREADS.getCurrentThreadCpuTime());
        }
    }

    /**
     * Every answer of one server is as long as the first; a client that parses costs more than
     * either server.
     */
    private static void readAgain(InputStream in, byte[] buffer, int length) throws IOException {
        int have = in.readNBytes(buffer, 0, length);
        if (have < length || !Arrays.equals(buffer, 0, OK.length, OK, 0, OK.length)) {
            throw new IOException(
                    "not an answer: " + new String(buffer, 0, have, StandardCharsets.ISO_8859_1));
        }
    }

    /** Both servers announce the length and send everything at once or in two pieces. */
    private static int readAnswer(InputStream in, byte[] buffer) throws IOException {
        int have = 0;
        while (true) {
            int count = in.read(buffer, have, buffer.length - have);
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            have += count;
            String head = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            if (end >= 0) {
                String lower = head.substring(0, end).toLowerCase(Locale.ROOT);
                if (!lower.startsWith("http/1.1 200")) {
                    throw new IOException("not an answer: " + lower);
                }
                int at = lower.indexOf("content-length:") + "content-length:".length();
                int stop = lower.indexOf('\r', at);
                String length = lower.substring(at, stop < 0 ? lower.length() : stop).strip();
                int all = end + 4 + Integer.parseInt(length);
                if (have >= all) {
                    return all;
                }
            }
        }
    }
}
