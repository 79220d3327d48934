package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.access.AccessProblems;
import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.settings.Settings;

/** How much each caller may send. */
public final class LimitWiring {
    private LimitWiring() {}

    /** The limits of the settings, and what it means to go past one. */
    public static Limits start(Settings settings, Monitoring monitoring) {
        AccessProblems.map(monitoring.problems());
        return Limits.create(settings.access().limits(), monitoring.ticker());
    }
}
