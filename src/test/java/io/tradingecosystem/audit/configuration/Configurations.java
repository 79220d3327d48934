package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.TestSettings;

import java.util.HashMap;
import java.util.Map;

/** Clients for tests. */
final class Configurations {
    private Configurations() {}

    /** Settings with quick timeouts for a service, and changes in pairs of key and value. */
    static ConfigurationSettings settings(FakeConfigurationService service, String... changes) {
        Map<String, String> all = new HashMap<>();
        all.put("configuration.address", "url");
        all.put("configuration.url", service.uri().toString());
        all.put("configuration.timeout", "3s");
        for (int i = 0; i < changes.length; i += 2) {
            all.put("configuration." + changes[i], changes[i + 1]);
        }
        return TestSettings.of(all).configuration();
    }

    /** A client by the real clock. */
    static ConfigurationClient open(FakeConfigurationService service, String... changes) {
        return ConfigurationClient.builder(settings(service, changes)).start();
    }
}
