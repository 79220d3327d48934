package io.tradingecosystem.audit.store;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One caller's batch on its way to disk: what is to become of each event, the records of those that
 * are new, and the answer that the caller waits for.
 */
final class Append {
    private final List<AuditEvent> batch;
    private final Plan plan;
    private final CompletableFuture<List<AppendOutcome>> answer;

    private Append(
            List<AuditEvent> batch, Plan plan, CompletableFuture<List<AppendOutcome>> answer) {
        this.batch = batch;
        this.plan = plan;
        this.answer = answer;
    }

    static Append of(List<AuditEvent> batch, Plan plan) {
        return new Append(batch, plan, new CompletableFuture<>());
    }

    /** The same batch with another plan, for the same waiting caller. */
    Append planned(Plan other) {
        return new Append(batch, other, answer);
    }

    /** What is to become of one event. */
    sealed interface AppendFate {
        /** It is new, and the {@code offset}th new one of its batch. */
        record New(int offset) implements AppendFate {}

        /** The {@code offset}th new one of its batch has its id. */
        record Again(int offset, boolean sameContent) implements AppendFate {}

        /** The log has its id. */
        record Known(AppendOutcome outcome) implements AppendFate {}
    }

    /**
     * What is to become of a batch.
     *
     * @param seen every position up to this one was looked at for ids
     * @param fates one per event
     * @param fresh the new ones
     * @param records of the new ones
     */
    record Plan(long seen, List<AppendFate> fates, List<AuditEvent> fresh, Records records) {}

    List<AuditEvent> batch() {
        return batch;
    }

    Plan plan() {
        return plan;
    }

    int fresh() {
        return plan.fresh().size();
    }

    /** Answers with positions from {@code base} on. */
    void stored(long base) {
        List<AppendOutcome> outcomes = new ArrayList<>(plan.fates().size());
        for (AppendFate fate : plan.fates()) {
            outcomes.add(
                    switch (fate) {
                        case AppendFate.New isNew ->
                                new AppendOutcome.Stored(base + isNew.offset());
                        case AppendFate.Again again ->
                                again.sameContent()
                                        ? new AppendOutcome.Duplicate(base + again.offset())
                                        : new AppendOutcome.Conflict(base + again.offset());
                        case AppendFate.Known known -> known.outcome();
                    });
        }
        answer.complete(outcomes);
    }

    void failed(RuntimeException failure) {
        answer.completeExceptionally(failure);
    }

    /** Waits for the answer. */
    List<AppendOutcome> await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException(
                    "the caller was interrupted while it waited for the disk; what it sent may be"
                            + " stored, and may be sent again",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = requireNonNull(e.getCause(), "a failure without a cause");
            throw new LogUnavailableException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
