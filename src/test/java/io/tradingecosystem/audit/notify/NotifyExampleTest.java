package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.settings.NotifySettings;
import io.tradingecosystem.audit.settings.WebhookSettings.From;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projections;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The example in the comment of {@code notify}. */
class NotifyExampleTest {
    @Test
    void shouldTellAWebhook() {
        Projections projections =
                MemoryStore.create(InstantSource.system(), Set.of()).store().projections();
        VerdictFeed verdicts = new ManualFeed().failed(1);
        NotifySettings settings =
                Told.of(Told.settings(From.BEGINNING, 3, Versions.FINAL, Set.of()));
        List<String> posted = new CopyOnWriteArrayList<>();
        WebhookCaller caller =
                request -> {
                    posted.add(request.body());
                    return new Answer.Status(204, Optional.empty(), "");
                };
        // @start region="notify"
        NotificationService notifications =
                NotificationService.create(
                        projections,
                        verdicts,
                        new NotificationSetup(
                                "audit-correlator",
                                settings,
                                VerdictJson::write,
                                caller,
                                (webhook, result, duration) -> {}),
                        Time.system(),
                        new Random());
        notifications.start();
        // @end
        try (notifications) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> notifications.statuses().getFirst().delivered() == 1);
        }
        assertThat(posted).hasSize(1);
    }
}
