package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.WebhookSettings;
import io.tradingecosystem.audit.store.Projections;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells webhooks of verdicts: each on a thread of its own, so that one that is slow or down holds
 * up no other. Without webhooks it does nothing, and has no threads. Thread-safe.
 */
public final class NotificationService implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(NotificationService.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration LAST_CALLS = Duration.ofSeconds(2);

    private final VerdictFeed feed;
    private final DeliveryRecords records;
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private final RecurringTask watch;
    private final WebhookCaller caller;
    private long seen;

    private record Receiver(WebhookDelivery delivery, RecurringTask task) {}

    private NotificationService(
            Projections projections,
            VerdictFeed feed,
            NotificationSetup setup,
            Time time,
            RandomGenerator random) {
        this.feed = feed;
        this.caller = setup.caller();
        this.records = new DeliveryRecords(projections.projection(DeliveryRecords.PROJECTION));
        CloudEventWriter writer =
                new CloudEventWriter(
                        setup.service(), feed.log(), setup.settings().publicUrl(), setup.data());
        for (WebhookSettings webhook : setup.settings().webhooks()) {
            Outbox outbox = Outbox.open(webhook, feed, writer, records, time.clock());
            var delivery =
                    new WebhookDelivery(
                            webhook, outbox, setup.caller(), setup.observer(), time, random);
            receivers.put(webhook.name(), new Receiver(delivery, task(delivery)));
        }
        this.watch =
                RecurringTask.builder("webhooks", this::watch, NotificationService::failed).build();
    }

    /**
     * Opens each webhook where it was; nothing is told until {@link #start}.
     *
     * @param random for pauses
     */
    public static NotificationService create(
            Projections projections,
            VerdictFeed feed,
            NotificationSetup setup,
            Time time,
            RandomGenerator random) {
        return new NotificationService(projections, feed, setup, time, random);
    }

    private static RecurringTask task(WebhookDelivery delivery) {
        return RecurringTask.builder(
                        "webhook-" + delivery.name(), delivery::step, NotificationService::failed)
                .build();
    }

    private static Duration failed(Throwable failure) {
        LOG.error("webhook.failed", failure);
        return AFTER_FAILURE;
    }

    /** Starts to tell. */
    public void start() {
        if (!receivers.isEmpty()) {
            seen = feed.last();
            receivers.values().forEach(receiver -> receiver.task().start());
            watch.start();
        }
    }

    /** Wakes all when there is something new. */
    private Duration watch() throws InterruptedException {
        boolean more = feed.await(seen, LOOK);
        seen = Math.max(seen, feed.last());
        receivers.values().forEach(receiver -> receiver.task().wake());
        // What is closed already does not wait.
        return more ? Duration.ZERO : Duration.ofSeconds(1);
    }

    /** How each webhook is doing, in the order of the settings. */
    public List<WebhookStatus> statuses() {
        return receivers.keySet().stream().map(this::status).flatMap(Optional::stream).toList();
    }

    /** How one is doing; empty if the settings have none of that name. */
    public Optional<WebhookStatus> status(String name) {
        return Optional.ofNullable(receivers.get(name))
                .map(
                        receiver ->
                                receiver.delivery()
                                        .status(records.countDead(name), records.countAgain(name)));
    }

    /**
     * The events that were put aside, in the order of verdicts; empty if there is no such webhook.
     */
    public Optional<List<DeadLetter>> deadLetters(String name) {
        return Optional.ofNullable(receivers.get(name)).map(known -> records.deadLetters(name));
    }

    /**
     * Sends what was put aside again, ahead of the rest, and tries at once, also a receiver that
     * was left alone.
     *
     * @return how many events were put aside; empty if there is no such webhook
     */
    public Optional<Integer> retry(String name) {
        Receiver receiver = receivers.get(name);
        if (receiver == null) {
            return Optional.empty();
        }
        int revived = records.revive(name);
        receiver.delivery().resume();
        receiver.task().wakeUrgently();
        return Optional.of(revived);
    }

    /**
     * Puts the event that a webhook is told next aside, and goes on behind it at once.
     *
     * @param event its id
     * @return empty if there is no such webhook
     */
    public Optional<Skipped> skip(String name, String event) throws InterruptedException {
        Receiver receiver = receivers.get(name);
        if (receiver == null) {
            return Optional.empty();
        }
        Skipped skipped = receiver.delivery().skip(event);
        receiver.task().wakeUrgently();
        return Optional.of(skipped);
    }

    /** Ends; an event that is under way is told again after the next start. */
    @Override
    public void close() {
        if (receivers.isEmpty()) {
            return;
        }
        watch.stop();
        receivers.values().forEach(receiver -> receiver.task().stop());
        watch.close(Duration.ofMillis(1));
        Duration patience = LAST_CALLS;
        for (Receiver receiver : receivers.values()) {
            // One that needs longer has used up the patience with all.
            patience = receiver.task().close(patience) ? patience : Duration.ofMillis(1);
        }
        caller.close();
    }
}
