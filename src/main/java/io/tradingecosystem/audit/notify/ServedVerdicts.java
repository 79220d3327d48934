package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.time.Duration;
import java.util.List;

/** The verdicts of the service. Thread-safe. */
public final class ServedVerdicts implements VerdictFeed {
    private final VerdictService verdicts;

    private ServedVerdicts(VerdictService verdicts) {
        this.verdicts = verdicts;
    }

    /** Those that a service makes. */
    public static VerdictFeed of(VerdictService verdicts) {
        return new ServedVerdicts(verdicts);
    }

    @Override
    public String log() {
        return verdicts.log();
    }

    /** That on record: the counts of the service begin with its first step. */
    @Override
    public long last() {
        return verdicts.verdicts().lastMade();
    }

    @Override
    public List<Made> after(long place, int limit) {
        return verdicts.verdicts().madeAfter(place, limit).stream().map(this::told).toList();
    }

    /** As it is answered now: an event that was not looked at may have left it open. */
    private Made told(Made made) {
        Verdict verdict = made.verdict();
        return verdicts.verdicts()
                .verdict(verdict.id())
                .filter(now -> now.version() == verdict.version())
                .map(now -> new Made(made.sequence(), now.asFinal(verdict.isFinal())))
                .orElse(made);
    }

    @Override
    public boolean await(long place, Duration timeout) throws InterruptedException {
        return verdicts.await(place, timeout);
    }
}
