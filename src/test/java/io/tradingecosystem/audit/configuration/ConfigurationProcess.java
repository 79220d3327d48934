package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.testing.TestSettings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client in a process of its own: prints the value of each key that it reads, one a line. */
final class ConfigurationProcess {
    private ConfigurationProcess() {}

    /**
     * @param arguments the service's address and the snapshot's file
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings =
                Map.of(
                        "configuration.address", "url",
                        "configuration.url", arguments[0],
                        "configuration.snapshot", arguments[1]);
        try (ConfigurationClient client =
                        ConfigurationClient.builder(TestSettings.of(settings).configuration())
                                .start();
                BufferedReader keys =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String key = keys.readLine(); key != null; key = keys.readLine()) {
                ConfigurationValue value = client.get(key, "none");
                System.out.println(value.raw() + " " + value.source() + " " + value.freshness());
            }
        }
    }
}
