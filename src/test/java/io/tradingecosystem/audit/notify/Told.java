package io.tradingecosystem.audit.notify;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.settings.NotifySettings;
import io.tradingecosystem.audit.settings.Secret;
import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.settings.WebhookSettings;
import io.tradingecosystem.audit.settings.WebhookSettings.From;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projections;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ManualTicker;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One webhook in a time of its own, and a receiver that answers as it is told. */
final class Told {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    final ManualFeed feed = new ManualFeed();
    final ManualClock clock = ManualClock.at(ManualFeed.START);
    final ManualTicker ticker = new ManualTicker();
    final List<WebhookCaller.Request> requests = new ArrayList<>();

    /** The ids of what was taken, in order. */
    final List<String> taken = new ArrayList<>();

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Projections projections =
            MemoryStore.create(clock, Set.of()).store().projections();
    private final DeliveryRecords records =
            new DeliveryRecords(projections.projection(DeliveryRecords.PROJECTION));
    private WebhookSettings settings = settings(From.BEGINNING, 3, Versions.FINAL, Set.of());
    private Answer usual = new Answer.Status(200, Optional.empty(), "");
    private Optional<WebhookDelivery> delivery = Optional.empty();

    static WebhookSettings settings(
            From from, int attempts, Versions versions, Set<String> statuses) {
        return settings(from, attempts, versions, statuses, Duration.ZERO);
    }

    static WebhookSettings givingUp(Duration after) {
        return settings(From.BEGINNING, 3, Versions.FINAL, Set.of(), after);
    }

    private static WebhookSettings settings(
            From from,
            int attempts,
            Versions versions,
            Set<String> statuses,
            Duration giveUpAfter) {
        return new WebhookSettings(
                "ci",
                URI.create("http://receiver.internal:8080/hooks/very-secret"),
                List.of(new Secret(SECRET)),
                versions,
                statuses,
                false,
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                attempts,
                giveUpAfter,
                from);
    }

    static NotifySettings of(WebhookSettings webhook) {
        return new NotifySettings(Optional.empty(), List.of(webhook), TlsSettings.off());
    }

    Told with(WebhookSettings other) {
        settings = other;
        return this;
    }

    /** Answers the next attempts with these, then as usual. */
    Told answering(int... statuses) {
        for (int status : statuses) {
            answers.add(new Answer.Status(status, Optional.empty(), "no"));
        }
        return this;
    }

    Told answering(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** Forgets the answers that were not given yet. */
    Told asUsual() {
        answers.clear();
        return this;
    }

    Told usually(int status) {
        usual = new Answer.Status(status, Optional.empty(), "");
        return this;
    }

    private Answer answer(WebhookCaller.Request request) {
        requests.add(request);
        Answer answer = answers.isEmpty() ? usual : answers.remove();
        if (answer instanceof Answer.Status status && status.status() / 100 == 2) {
            taken.add(number(request));
        }
        return answer;
    }

    /** The number of the verdict; the id of an event about another thing. */
    private static String number(WebhookCaller.Request request) {
        String id = event(request).get("id").asText();
        return id.startsWith("0")
                ? Long.toString(Long.parseLong(id.substring(0, 32), 16)) + id.substring(32)
                : id;
    }

    static JsonNode event(WebhookCaller.Request request) {
        return Http.json(request.body());
    }

    WebhookDelivery delivery() {
        return delivery.orElseGet(this::restart);
    }

    /** As after the death of the process: what is on record is all that is known. */
    WebhookDelivery restart() {
        Time time = new Time(clock, ticker);
        CloudEventWriter writer =
                new CloudEventWriter("audit", feed.log(), Optional.empty(), VerdictJson::write);
        Outbox outbox = Outbox.open(settings, feed, writer, records, clock);
        WebhookDelivery opened =
                new WebhookDelivery(
                        settings,
                        outbox,
                        this::answer,
                        (name, result, duration) -> {},
                        time,
                        new Random(1));
        delivery = Optional.of(opened);
        return opened;
    }

    /** One step; gives the time until the next. */
    Duration step() {
        try {
            return delivery().step();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass from step to step until nothing is to be told, or so many steps were made. */
    Told run(int steps) {
        for (int step = 0; step < steps; step++) {
            Duration pause = step();
            if (pause.compareTo(Duration.ofMinutes(59)) > 0
                    && status().state() != WebhookStatus.State.RETRYING) {
                return this;
            }
            pass(pause);
        }
        return this;
    }

    void pass(Duration time) {
        if (time.isPositive()) {
            clock.jump(time);
            ticker.advance(time);
        }
    }

    WebhookStatus status() {
        return delivery().status(records.countDead("ci"), records.countAgain("ci"));
    }

    List<DeadLetter> deadLetters() {
        return records.deadLetters("ci");
    }

    int retry() {
        int revived = records.revive("ci");
        delivery().resume();
        return revived;
    }
}
