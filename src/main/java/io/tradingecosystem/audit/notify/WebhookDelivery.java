package io.tradingecosystem.audit.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.notify.NotifyObserver.Result;
import io.tradingecosystem.audit.notify.WebhookStatus.Failure;
import io.tradingecosystem.audit.notify.WebhookStatus.State;
import io.tradingecosystem.audit.settings.WebhookSettings;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Tells one webhook, one event after the other: the next one goes out when the one before was
 * taken, or put aside. What stands on record is behind what the receiver has, never ahead of it.
 * {@link #step} is for one thread; whoever asks may do so on any.
 */
final class WebhookDelivery {
    private static final EventLogger LOG = EventLogger.of(WebhookDelivery.class);
    private static final Duration IDLE = Duration.ofHours(1);

    private final WebhookSettings webhook;
    private final Outbox outbox;
    private final Signer signer;
    private final WebhookCaller caller;
    private final NotifyObserver observer;
    private final Time time;
    private final FullJitter backoff;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock turn = new ReentrantLock();
    private long due;

    /** How often the event was refused that is told next. */
    private int refusals;

    /** Since when it is answered, without a break, in a way that may be its own fault. */
    private OptionalLong failingSince = OptionalLong.empty();

    private volatile DeliveryProgress progress = DeliveryProgress.START;

    /**
     * One that has told nothing.
     *
     * @param random for the pauses
     */
    WebhookDelivery(
            WebhookSettings webhook,
            Outbox outbox,
            WebhookCaller caller,
            NotifyObserver observer,
            Time time,
            RandomGenerator random) {
        this.webhook = webhook;
        this.outbox = outbox;
        this.signer = Signer.of(webhook.keys());
        this.caller = caller;
        this.observer = observer;
        this.time = time;
        this.backoff = new FullJitter(random);
        this.due = time.tick();
    }

    String name() {
        return webhook.name();
    }

    /** Lets the next step try at once, also what was left alone. */
    void resume() {
        asked.set(true);
    }

    /**
     * Makes one attempt, if there is something to tell and it is time for it.
     *
     * @return the time until the next step
     */
    Duration step() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return act();
        } finally {
            turn.unlock();
        }
    }

    private Duration act() throws InterruptedException {
        if (asked.getAndSet(false)) {
            // Another event may come first now, which has been refused by nobody yet.
            goOn();
            progress = progress.resumed();
        }
        Duration left = left();
        if (left.isPositive()) {
            return left;
        }
        Optional<Pending> next = outbox.next();
        if (next.isEmpty()) {
            return IDLE;
        }
        attempt(next.get());
        return left();
    }

    private Duration left() {
        return progress.state() == State.DISABLED ? IDLE : Duration.ofNanos(due - time.tick());
    }

    private void attempt(Pending pending) throws InterruptedException {
        long started = time.tick();
        Instant now = time.now();
        Outcome outcome = Outcome.of(caller.call(request(pending.message(), now)), now);
        Result result =
                switch (outcome) {
                    case Outcome.Delivered delivered -> delivered(pending);
                    case Outcome.Gone gone -> disable();
                    case Outcome.Refused refused -> refused(pending, refused.reason());
                    case Outcome.Failed failed -> failed(pending, failed.reason());
                    case Outcome.Later later -> away(later);
                };
        observer.attempted(name(), result, Duration.ofNanos(time.tick() - started));
    }

    private WebhookCaller.Request request(Notification message, Instant now) {
        String body = message.body();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", CloudEventWriter.MEDIA_TYPE);
        headers.put("user-agent", "audit-correlator");
        headers.putAll(signer.headers(message.id(), now, body.getBytes(UTF_8)));
        return new WebhookCaller.Request(webhook.url(), headers, body, webhook.timeout());
    }

    private Result delivered(Pending pending) {
        outbox.delivered(pending);
        if (progress.state() == State.RETRYING) {
            LOG.info("webhook.recovered", "webhook", name(), "attempts", progress.attempts());
        }
        goOn();
        progress = progress.taken(time.now());
        return Result.DELIVERED;
    }

    private void goOn() {
        refusals = 0;
        failingSince = OptionalLong.empty();
        backoff.reset();
        due = time.tick();
    }

    private Result refused(Pending pending, String reason) {
        refusals++;
        if (refusals < webhook.attempts() || !outbox.hasRoom(pending)) {
            return later(reason, Duration.ZERO, Result.REFUSED);
        }
        return bury(pending, refusals, reason);
    }

    /** Nothing but how long it goes on tells an event that breaks a receiver from a broken one. */
    private Result failed(Pending pending, String reason) {
        long since = failingSince.orElse(time.tick());
        failingSince = OptionalLong.of(since);
        boolean enough = time.tick() - since >= webhook.giveUpAfter().toNanos();
        return webhook.giveUpAfter().isZero() || !enough || !outbox.hasRoom(pending)
                ? later(reason, Duration.ZERO, Result.FAILED)
                : bury(pending, progress.attempts() + 1, reason);
    }

    private Result away(Outcome.Later away) {
        failingSince = OptionalLong.empty();
        return later(away.reason(), away.atLeast(), Result.FAILED);
    }

    private Result bury(Pending pending, int attempts, String reason) {
        LOG.warn(
                "webhook.dead-letter",
                "webhook",
                name(),
                "event",
                pending.message().id(),
                "attempts",
                attempts,
                "reason",
                reason);
        outbox.bury(pending, attempts, reason);
        goOn();
        progress = progress.putAside(failure(reason));
        return Result.DEAD;
    }

    /**
     * Puts what is told next aside, if it is the event of this id; waits for an attempt that is
     * under way.
     */
    Skipped skip(String event) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Optional<Pending> next =
                    outbox.next().filter(each -> each.message().id().equals(event));
            if (next.isEmpty()) {
                return new Skipped.Other(outbox.nextId());
            }
            if (!outbox.hasRoom(next.get())) {
                return new Skipped.NoRoom();
            }
            bury(next.get(), progress.attempts(), skipped());
            return new Skipped.Done(next.get().place());
        } finally {
            turn.unlock();
        }
    }

    private String skipped() {
        return "skipped by an operator"
                + progress.lastFailure().map(last -> "; before: " + last.reason()).orElse("");
    }

    private Result later(String reason, Duration atLeast, Result result) {
        Duration drawn = backoff.afterFailure();
        Duration pause = drawn.compareTo(atLeast) > 0 ? drawn : atLeast;
        due = time.tick() + pause.toNanos();
        tell("webhook.retrying", State.RETRYING, reason);
        Instant next = time.now().plus(pause);
        progress = progress.failed(State.RETRYING, Optional.of(next), failure(reason));
        return result;
    }

    private Result disable() {
        String reason = "status 410: the receiver wants no more";
        tell("webhook.disabled", State.DISABLED, reason);
        progress = progress.failed(State.DISABLED, Optional.empty(), failure(reason));
        return Result.DISABLED;
    }

    /** Once for each change. */
    private void tell(String event, State then, String reason) {
        if (progress.state() != then) {
            LOG.warn(event, "webhook", name(), "host", host(), "reason", reason);
        }
    }

    private Failure failure(String reason) {
        return new Failure(time.now(), reason);
    }

    /** Scheme, host and port; what stands behind may be secret. */
    private String host() {
        return webhook.url().getScheme() + "://" + webhook.url().getRawAuthority();
    }

    /** How it is doing. */
    WebhookStatus status(int deadLetters, int again) {
        DeliveryProgress now = progress;
        return new WebhookStatus(
                name(),
                host(),
                now.state(),
                outbox.standing().position(),
                outbox.behind(),
                outbox.nextId(),
                outbox.oldest().map(this::age),
                now.delivered(),
                now.attempts(),
                now.nextAttempt(),
                now.lastSuccess(),
                now.lastFailure(),
                deadLetters,
                again,
                outbox.standing().lost());
    }

    private Duration age(Instant since) {
        Duration age = Duration.between(since, time.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
