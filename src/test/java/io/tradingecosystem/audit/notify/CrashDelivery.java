package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.settings.WebhookSettings;
import io.tradingecosystem.audit.settings.WebhookSettings.From;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.KilledProcess;
import io.tradingecosystem.audit.testing.TestSettings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A process that tells a webhook of verdicts, and says what was taken, until it is killed. */
final class CrashDelivery {
    static final int VERDICTS = 100_000;

    private CrashDelivery() {}

    static EventStore store(Path folder) {
        return EventStore.open(
                TestSettings.of(Map.of("store.path", folder.resolve("log").toString())).store(),
                StoreObserver.NONE,
                Time.system());
    }

    static WebhookDelivery delivery(EventStore store, WebhookCaller caller) {
        WebhookSettings webhook = Told.settings(From.BEGINNING, 3, Versions.FINAL, Set.of());
        ManualFeed feed = new ManualFeed();
        for (int number = 1; number <= VERDICTS; number++) {
            feed.failed(number);
        }
        DeliveryRecords records =
                new DeliveryRecords(
                        store.store().projections().projection(DeliveryRecords.PROJECTION));
        CloudEventWriter writer =
                new CloudEventWriter("audit", feed.log(), Optional.empty(), VerdictJson::write);
        return new WebhookDelivery(
                webhook,
                Outbox.open(webhook, feed, writer, records, Time.system().clock()),
                caller,
                (name, result, duration) -> {},
                Time.system(),
                new Random(1));
    }

    /** The number of the verdict that a request is about. */
    static int number(WebhookCaller.Request request) {
        return Integer.parseInt(Http.json(request.body()).at("/data/id").asText(), 16);
    }

    /**
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws InterruptedException {
        WebhookDelivery delivery =
                delivery(
                        store(Path.of(arguments[0])),
                        request -> {
                            System.out.println(
                                    KilledProcess.line(Integer.toString(number(request))));
                            System.out.flush();
                            return new Answer.Status(200, Optional.empty(), "");
                        });
        while (true) {
            delivery.step();
        }
    }
}
