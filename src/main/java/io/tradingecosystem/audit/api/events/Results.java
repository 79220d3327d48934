package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of the events of one HTTP request: the counts, and one result per event, as long as
 * there are not more than a batch may have; past that only of those that are not kept. Not
 * thread-safe.
 */
final class Results {
    private final int max;
    private List<Result> results = new ArrayList<>();
    private boolean complete = true;
    private long last;
    private long stored;
    private long duplicate;
    private long conflict;
    private long rejected;
    private long undecided;

    Results(int max) {
        this.max = max;
    }

    /** The results of receipts, in their order. */
    static Results of(List<Receipt> receipts, int max) {
        Results results = new Results(max);
        for (int i = 0; i < receipts.size(); i++) {
            results.add(i + 1L, receipts.get(i));
        }
        return results;
    }

    /**
     * One event's result.
     *
     * @param item which: the line in NDJSON, the place in an array, both from 1
     */
    record Result(
            long item,
            String id,
            Receipt.Outcome outcome,
            Optional<Long> position,
            Optional<String> reason,
            Optional<String> detail) {

        static Result of(long item, Receipt receipt) {
            Optional<EventProblem> problem = receipt.problem();
            return new Result(
                    item,
                    receipt.id(),
                    receipt.outcome(),
                    Optional.of(receipt.position()).filter(position -> position > 0),
                    problem.map(p -> p.reason().name()),
                    problem.map(EventProblem::text)
                            .or(() -> Optional.of(receipt.note()).filter(n -> !n.isEmpty())));
        }

        boolean isUndecided() {
            return reason.filter(EventProblem.Reason.LOG_DAMAGED.name()::equals).isPresent();
        }

        private boolean isKept() {
            return outcome == Receipt.Outcome.STORED || outcome == Receipt.Outcome.DUPLICATE;
        }
    }

    /** The answer to a batch. */
    record Document(
            long received,
            long stored,
            long duplicate,
            long conflict,
            long rejected,
            boolean resultsComplete,
            List<Result> results) {}

    void add(long item, Receipt receipt) {
        last = item;
        switch (receipt.outcome()) {
            case STORED -> stored++;
            case DUPLICATE -> duplicate++;
            case CONFLICT -> conflict++;
            case REJECTED -> rejected++;
        }
        undecided += receipt.isUndecided() ? 1 : 0;
        if (complete && results.size() == max) {
            complete = false;
            results = new ArrayList<>(results.stream().filter(each -> !each.isKept()).toList());
        }
        if (results.size() < max && (complete || !receipt.isKept())) {
            results.add(Result.of(item, receipt));
        }
    }

    boolean allKept() {
        return conflict + rejected == 0;
    }

    boolean hasRejected() {
        return rejected > 0;
    }

    boolean noneKept() {
        return stored + duplicate == 0;
    }

    /** What it means that none is kept. */
    Kind refusal() {
        if (rejected == 0) {
            return Kind.CONFLICT;
        }
        return undecided == rejected ? Kind.UNAVAILABLE : Kind.INVALID;
    }

    Document document() {
        return new Document(
                stored + duplicate + conflict + rejected,
                stored,
                duplicate,
                conflict,
                rejected,
                complete,
                List.copyOf(results));
    }

    /** A problem that tells how far a request got: every event up to that item is decided. */
    Problem withResults(Problem problem) {
        Document document = document();
        return problem.with("last_item", last)
                .with("received", document.received())
                .with("stored", stored)
                .with("duplicate", duplicate)
                .with("conflict", conflict)
                .with("rejected", rejected)
                .with("results_complete", complete)
                .with("results", document.results());
    }
}
