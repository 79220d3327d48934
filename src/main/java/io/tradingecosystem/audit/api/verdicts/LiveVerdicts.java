package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.time.Duration;
import java.util.List;

/** Verdicts by the order in which they were made and amended. */
final class LiveVerdicts implements Live<Verdict> {
    private final VerdictService verdicts;

    LiveVerdicts(VerdictService verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public Batch<Verdict> after(long place, int limit) {
        long last = verdicts.lastSequence();
        List<Made> made = verdicts.verdicts().madeAfter(place, limit);
        return Live.gapless(
                place,
                made.stream().map(each -> new Item<>(each.sequence(), each.verdict())).toList(),
                made.size() < limit ? Math.max(place, last) : made.getLast().sequence(),
                Long.MAX_VALUE);
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        verdicts.await(place, timeout);
    }

    @Override
    public String log() {
        return verdicts.log();
    }

    @Override
    public long last() {
        return verdicts.lastSequence();
    }
}
