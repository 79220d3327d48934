package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

/** By what windows are found. For the one thread that judges. */
final class WindowIndex {
    private final StoreTransaction transaction;

    WindowIndex(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /** Makes a window findable. */
    void add(Window window) {
        Occurrence occurrence = window.occurrence();
        byte[] id = VerdictKeys.octets(occurrence.verdictId());
        transaction.put(VerdictKeys.newest(window.opened()), id);
        transaction.put(VerdictKeys.ofExpectation(window.expectation(), window.opened()), id);
        if (!occurrence.scenarioId().isEmpty()) {
            transaction.put(VerdictKeys.ofScenario(occurrence.scenarioId(), window.opened()), id);
        }
    }

    void remove(Window window) {
        transaction.delete(VerdictKeys.newest(window.opened()));
        transaction.delete(VerdictKeys.ofExpectation(window.expectation(), window.opened()));
        String scenarioId = window.occurrence().scenarioId();
        transaction.delete(VerdictKeys.ofScenario(scenarioId, window.opened()));
    }
}
