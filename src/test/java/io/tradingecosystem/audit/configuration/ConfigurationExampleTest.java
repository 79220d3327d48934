package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.testing.FakeConfigurationService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** The example of neighbours.md; the page shows these lines. */
class ConfigurationExampleTest {
    private final FakeConfigurationService service = FakeConfigurationService.start();
    private final Retention retention = new Retention();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void shouldGiveAValueAndTellAListenerOfIt() {
        service.put("audit.retention_days", "30", "number");

        int days = daysOf(Configurations.settings(service));

        assertThat(days).isEqualTo(30);
        assertThat(retention.days).isEqualTo(30);
    }

    @Test
    void shouldGiveAValueAndTellOfChanges() {
        AtomicInteger kept = new AtomicInteger();
        service.put("audit.retention_days", "30", "number");
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

    private int daysOf(ConfigurationSettings settings) {
        try (ConfigurationClient client =
                ConfigurationClient.builder(settings).variables(System.getenv()).start()) {
            int days = client.get("audit.retention_days").asInt();
            client.onChange("audit.retention_days", value -> retention.keepDays(value.asInt()));
            return days;
        }
    }

    private static final class Retention {
        private int days;

        void keepDays(int now) {
            days = now;
        }
    }
}
