package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Verdicts that a test makes, and lets go. */
final class ManualFeed implements VerdictFeed {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Made> made = new ArrayList<>();
    private long last;

    /** A final verdict whose id has a number. */
    static Verdict verdict(int number, Status status) {
        return verdict(number, status, "reacts", true);
    }

    static Verdict verdict(int number, Status status, String expectation, boolean isFinal) {
        String id = "%032x".formatted(number);
        return new Verdict(
                id,
                1,
                expectation,
                "v1",
                "depeg",
                status == Status.FAILED,
                "run-1",
                "t-" + number,
                START,
                status,
                isFinal,
                Duration.ZERO,
                START,
                START,
                "because",
                List.of());
    }

    /** Makes failed verdicts with these numbers. */
    ManualFeed failed(int... numbers) {
        for (int number : numbers) {
            make(verdict(number, Status.FAILED));
        }
        return this;
    }

    void make(Verdict verdict) {
        made.add(new Made(++last, verdict));
    }

    /** Forgets what was made up to a place. */
    void forgetTo(long place) {
        made.removeIf(each -> each.sequence() <= place);
    }

    /** As where all was derived anew. */
    void beginAnew() {
        made.clear();
        last = 0;
    }

    @Override
    public String log() {
        return "log1";
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public List<Made> after(long place, int limit) {
        return made.stream().filter(each -> each.sequence() > place).limit(limit).toList();
    }

    @Override
    public boolean await(long place, Duration timeout) {
        return last > place;
    }
}
