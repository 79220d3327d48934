package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Examples in comments of {@code store}. */
class StoreExampleTest {
    @TempDir private Path folder;

    @Test
    void shouldKeepAnEventAndFindIt() {
        Settings settings = TestSettings.of(Map.of("store.path", folder.resolve("log").toString()));
        AuditEvent event =
                AuditEvent.builder("risk-monitor", "risk.alert.raised").id("alert-1").build();
        // @start region="store"
        EventStore store = EventStore.open(settings.store(), StoreObserver.NONE, Time.system());
        AppendOutcome outcome = store.log().append(List.of(event)).getFirst();
        AuditEvent stored = store.index().byId("alert-1").orElseThrow();
        // @end
        assertThat(outcome).isNotNull();
        assertThat(stored.position()).isEqualTo(store.log().lastPosition());
        store.close();
    }
}
