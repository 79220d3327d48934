package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.testing.FakeConfigurationService;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** Examples in comments of {@code configuration}. */
class ConfigurationExampleTest {

    @Test
    void shouldGiveAValueAndTellOfChanges() {
        AtomicInteger kept = new AtomicInteger();
        try (FakeConfigurationService service =
                FakeConfigurationService.start().put("audit.retention_days", "30", "number")) {
            ConfigurationSettings settings = Configurations.settings(service);
            // @start region="client"
            ConfigurationClient client =
                    ConfigurationClient.builder(settings).environment("production").start();
            int days = client.get("audit.retention_days").asInt();
            client.onChange("audit.retention_days", value -> kept.set(value.asInt()));
            // @end
            assertThat(days).isEqualTo(30);
            assertThat(kept).hasValue(30);
            client.close();
        }
    }
}
