package io.tradingecosystem.audit.bench;

import com.sun.net.httpserver.HttpServer;

import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * What a configuration value costs that is in memory, among 500 keys, in time of the processor and
 * allocation, against a bare {@link ConcurrentHashMap}.
 */
public final class ConfigurationLookup {
    private static final int KEYS = 500;

    private ConfigurationLookup() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer service =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    byte[] body = "{\"value\":\"90\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        service.start();
        Properties properties = new Properties();
        properties.put("configuration.url", "http://127.0.0.1:" + service.getAddress().getPort());
        properties.put("configuration.snapshot", "");
        Settings settings = Settings.load(Optional.empty(), Map.of(), properties).settings();
        try (ConfigurationClient client =
                ConfigurationClient.builder(settings.configuration()).start()) {
            measure(client);
        } finally {
            service.stop(0);
        }
    }

    private static void measure(ConfigurationClient client) {
        String[] keys = new String[KEYS];
        Map<String, String> map = new ConcurrentHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "some.key." + i;
            map.put(keys[i], client.get(keys[i]).raw());
        }
        int[] next = new int[1];
        IntSupplier index = () -> next[0] = (next[0] + 7) % KEYS;
        double bare =
                CallCost.of("ConcurrentHashMap", () -> map.get(keys[index.getAsInt()]).length());
        double clock = CallCost.of("System.nanoTime", () -> (int) System.nanoTime() & 1);
        double text = CallCost.of("get", () -> client.get(keys[index.getAsInt()]).raw().length());
        double one = CallCost.of("get, one key", () -> client.get(keys[0]).raw().length());
        double number = CallCost.of("get, asInt", () -> client.get(keys[index.getAsInt()]).asInt());
        System.out.printf(
                "ratio to the map: get %.1f, one key %.1f, asInt %.1f; the clock alone %.1f"
                        + " (goal: get under 100 ns)%n",
                text / bare, one / bare, number / bare, clock / bare);
    }
}
