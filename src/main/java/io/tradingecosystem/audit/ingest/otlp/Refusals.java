package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.ingest.Receipt;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of an export was refused, as {@code partial_success} tells it: how many records, and per
 * reason how many with one of them as example. Not thread-safe.
 */
final class Refusals {
    private static final String NOTE = "NOTE";
    private static final String CONFLICT = "CONFLICT";

    private final String word;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private long records;

    /** What happened for one reason. */
    private static final class Group {
        private final String example;
        private long count;

        private Group(String example) {
            this.example = example;
        }
    }

    /**
     * No refusals yet.
     *
     * @param word what the records are: spans, log records
     */
    Refusals(String word) {
        this.word = word;
    }

    /** Counts a receipt, if its sender should hear of it. */
    void add(Receipt receipt, boolean isRecord) {
        if (!receipt.isKept() && isRecord) {
            records++;
        }
        switch (receipt.outcome()) {
            case STORED, DUPLICATE -> {
                if (!receipt.note().isEmpty()) {
                    count(NOTE, receipt.note());
                }
            }
            case CONFLICT -> count(CONFLICT, receipt.id() + ": " + receipt.note());
            case REJECTED ->
                    count(
                            receipt.problem().map(p -> p.reason().name()).orElse("REJECTED"),
                            receipt.problem().map(EventProblem::text).orElse(""));
        }
    }

    private void count(String reason, String example) {
        groups.computeIfAbsent(reason, r -> new Group(example)).count++;
    }

    /** How many records were refused. */
    long records() {
        return records;
    }

    /** Whether there is anything to tell. */
    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Why; empty if nothing is to be told. Span events are told here though they do not count. */
    String message() {
        StringBuilder message = new StringBuilder();
        groups.forEach(
                (reason, group) -> {
                    message.append(message.isEmpty() ? records + " " + word + " refused" : "");
                    message.append("; ").append(reason).append(" ").append(group.count);
                    message.append(" (").append(group.example).append(")");
                });
        return message.toString();
    }
}
