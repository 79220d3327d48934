package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.notify.DeliveryRecords.Standing;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.settings.WebhookSettings;
import io.tradingecosystem.audit.settings.WebhookSettings.From;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one webhook is to be told next: first what was put aside and is to be sent again, then the
 * verdicts behind its position, in their order. What is done with is on record when a method
 * returns. For the webhook's thread, but for what counts.
 */
final class Outbox {
    /** The most events that are put aside; then the next one that is refused holds up the rest. */
    static final int MAX_DEAD_LETTERS = 1_000;

    private static final EventLogger LOG = EventLogger.of(Outbox.class);
    private static final int BATCH = 64;

    private final String name;
    private final VerdictFilter filter;
    private final VerdictFeed feed;
    private final CloudEventWriter writer;
    private final DeliveryRecords records;
    private final InstantSource clock;
    private final Deque<Pending> batch = new ArrayDeque<>();

    /** Up to where {@link #batch} has what fits. */
    private long readTo;

    private volatile Standing standing;
    private volatile Optional<Notification> head = Optional.empty();

    private Outbox(
            WebhookSettings webhook,
            VerdictFeed feed,
            CloudEventWriter writer,
            DeliveryRecords records,
            InstantSource clock) {
        this.name = webhook.name();
        this.filter = VerdictFilter.of(webhook);
        this.feed = feed;
        this.writer = writer;
        this.records = records;
        this.clock = clock;
        this.standing =
                records.standing(name)
                        .orElseGet(() -> new Standing(start(webhook.from(), feed), 0));
        this.readTo = standing.position();
        records.put(name, standing);
    }

    /** That of a webhook, where it was or where a new one begins. */
    static Outbox open(
            WebhookSettings webhook,
            VerdictFeed feed,
            CloudEventWriter writer,
            DeliveryRecords records,
            InstantSource clock) {
        return new Outbox(webhook, feed, writer, records, clock);
    }

    private static long start(From from, VerdictFeed feed) {
        return switch (from) {
            case END -> feed.last();
            case BEGINNING -> 0;
        };
    }

    /** The next event; empty if all is told. */
    Optional<Pending> next() {
        Optional<Pending> again = records.firstAgain(name).map(Pending::again);
        Optional<Pending> next = again.isPresent() ? again : head();
        head = next.map(Pending::message);
        return next;
    }

    private Optional<Pending> head() {
        boolean more = true;
        while (batch.isEmpty() && more) {
            more = fill();
        }
        if (batch.isEmpty()) {
            skipTo(readTo);
        }
        return Optional.ofNullable(batch.peek());
    }

    /** Reads on; tells whether there was anything. */
    private boolean fill() {
        // In this order: all up to the last can be read, whatever comes meanwhile.
        long last = feed.last();
        rewind(last);
        List<Made> made = last > readTo ? feed.after(readTo, BATCH) : List.of();
        long before = readTo;
        for (Made each : made) {
            expect(each.sequence());
            readTo = each.sequence();
            if (filter.takes(each.verdict())) {
                batch.add(Pending.verdict(readTo, writer.verdict(each.verdict())));
            }
        }
        if (made.size() < BATCH && readTo < last) {
            expect(last + 1);
            readTo = last;
        }
        return readTo > before;
    }

    /** Verdicts are numbered anew where all was derived anew: better told twice than not at all. */
    private void rewind(long last) {
        if (readTo > last) {
            LOG.warn("webhook.rewound", "webhook", name, "from", readTo, "to", last);
            readTo = last;
            standing = standing.at(last);
            records.put(name, standing);
        }
    }

    /** What lies between is not kept any more. */
    private void expect(long place) {
        long from = readTo + 1;
        if (from < place) {
            LOG.warn("webhook.lost", "webhook", name, "from", from, "to", place - 1);
            Notification message = writer.lost(from, place - 1, clock.instant());
            batch.add(new Pending(place - 1, message, false, place - from));
        }
    }

    private void skipTo(long place) {
        if (place > standing.position()) {
            standing = standing.at(place);
            records.put(name, standing);
        }
    }

    /** The receiver has it. */
    void delivered(Pending pending) {
        if (pending.again()) {
            records.remove(name, pending.place());
        } else {
            standing = behind(pending);
            records.put(name, standing);
            batch.remove();
        }
        head = Optional.empty();
    }

    /** Whether something can be put aside. */
    boolean hasRoom(Pending pending) {
        return pending.again()
                || records.countDead(name) + records.countAgain(name) < MAX_DEAD_LETTERS;
    }

    /** Puts aside what the receiver does not take. */
    void bury(Pending pending, int attempts, String reason) {
        DeadLetter letter =
                DeadLetter.of(
                        pending.place(), pending.message(), attempts, reason, clock.instant());
        if (pending.again()) {
            records.buryAgain(name, letter);
        } else {
            standing = behind(pending);
            records.bury(name, standing, letter);
            batch.remove();
        }
        head = Optional.empty();
    }

    private Standing behind(Pending pending) {
        return new Standing(pending.place(), standing.lost() + pending.lost());
    }

    /** Where it is. */
    Standing standing() {
        return standing;
    }

    /** How many verdicts it has not come to. */
    long behind() {
        return Math.max(0, feed.last() - standing.position());
    }

    /** Since when what is to be told next is certain; empty if nothing waits. */
    Optional<Instant> oldest() {
        return head.map(Notification::since);
    }

    /** The id of what is to be told next; empty if nothing waits. */
    Optional<String> nextId() {
        return head.map(Notification::id);
    }
}
