package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.events.Found.End;
import io.tradingecosystem.audit.api.events.Found.Scanned;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.SearchSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Query;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds a page of events that meet a filter. Where an index decides, it reads what it gives; else
 * it reads events one by one, with a page and a few more in memory, until the page is full or
 * large, or the budget of one answer is used up, or nobody waits any more: then the page is short,
 * and its token goes on from there. Few questions read at one time; others wait for their turn.
 * Thread-safe.
 */
public final class EventFinder {
    /** How many events may be asked for, over HTTP as over gRPC. */
    static final Limit LIMIT = new Limit(100, 1_000);

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    /** The clock is looked at once in so many events. */
    private static final int LOOK = 64;

    private final EventIndex index;
    private final SearchSettings budget;
    private final Semaphore turns;
    private final LongSupplier ticker;

    /**
     * Finds in an index.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public EventFinder(EventIndex index, SearchSettings budget, LongSupplier ticker) {
        this.index = index;
        this.budget = budget;
        this.turns = new Semaphore(budget.maxConcurrent(), true);
        this.ticker = ticker;
    }

    /** The time by which it takes its time. */
    LongSupplier ticker() {
        return ticker;
    }

    /**
     * A question.
     *
     * @param limit at most so many events on the page
     * @param pageToken where to go on; empty for the first page
     */
    public record Question(EventFilter filter, EventOrder order, int limit, String pageToken) {
        /** One for a first page, in the order of time. */
        public static Question of(EventFilter filter, Direction direction, int limit) {
            return new Question(filter, EventOrder.of(direction), limit, "");
        }

        /** Whether it is for the first page. */
        boolean isFirst() {
            return pageToken.isEmpty();
        }

        private boolean isScan() {
            return !filter.isSelection() || !order.isOfTime();
        }

        private Query query() {
            return new Query(filter.selection(), order.direction(), Integer.MAX_VALUE, pageToken);
        }
    }

    /**
     * A page.
     *
     * @param gone whether nobody waits any more
     * @throws InvalidQuestionException if a business key or page token is not known
     * @throws ProblemException BUSY if its turn did not come in the time of one answer
     */
    public Found find(Question question, BooleanSupplier gone) {
        long start = ticker.getAsLong();
        if (!question.isScan()) {
            return new Reading(question, start, gone).read();
        }
        await();
        try {
            return new Reading(question, start, gone).read();
        } finally {
            turns.release();
        }
    }

    private void await() {
        try {
            if (!turns.tryAcquire(budget.maxTime().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(
                        Problem.of(
                                        Kind.BUSY,
                                        "As many searches read the log as may at one time; see"
                                                + " search.max-concurrent.")
                                .retryAfter(COME_BACK));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (ProblemException)
                    new ProblemException(
                                    Problem.of(Kind.UNAVAILABLE, "The search was interrupted."))
                            .initCause(e);
        }
    }

    /** The reading for one page. */
    private final class Reading {
        private final Question question;
        private final long start;
        private final BooleanSupplier gone;
        private final FoundEvents found;
        private long read;
        private Optional<Instant> reached = Optional.empty();
        private End end = End.ALL;

        Reading(Question question, long start, BooleanSupplier gone) {
            this.question = question;
            this.start = start;
            this.gone = gone;
            this.found = question.order().page(question.limit());
        }

        Found read() {
            String next = index.scan(question.query(), this::take);
            Scanned scanned =
                    new Scanned(
                            read,
                            reached,
                            question.order().direction(),
                            next.isEmpty() ? End.ALL : end);
            return new Found(
                    found.events(), next, Optional.of(scanned).filter(each -> question.isScan()));
        }

        private boolean take(AuditEvent event) {
            read++;
            if (question.filter().matches(event)) {
                found.add(event);
            }
            end = end();
            if (end != End.ALL) {
                reached = Optional.of(event.occurredAt());
            }
            return end == End.ALL;
        }

        private End end() {
            if (found.isFull()) {
                return End.PAGE;
            }
            if (read >= budget.maxEvents()) {
                return End.EVENTS;
            }
            return read % LOOK == 0 ? endOfWaiting() : End.ALL;
        }

        private End endOfWaiting() {
            if (gone.getAsBoolean()) {
                return End.CALLER;
            }
            boolean late = ticker.getAsLong() - start >= budget.maxTime().toNanos();
            return late ? End.TIME : End.ALL;
        }
    }
}
