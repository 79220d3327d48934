package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.configuration.ConfigurationStatistics;
import io.tradingecosystem.audit.registry.RegistryStatistics;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.Settings;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Which neighbours are there, and what it means that others are not; in words. */
public final class Neighbours {
    private static final long POLL_MILLIS = 10;

    private final Settings settings;
    private final ServiceRegistry registry;
    private final ConfigurationClient configuration;

    Neighbours(Settings settings, ServiceRegistry registry, ConfigurationClient configuration) {
        this.settings = settings;
        this.registry = registry;
        this.configuration = configuration;
    }

    /** Waits until it is known of each whether it is there, but not longer than that. */
    public void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Threads.untilInterrupted(
                () -> {
                    while (!isKnown() && System.nanoTime() - end < 0) {
                        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                    }
                });
    }

    public String registry() {
        RegistryStatistics statistics = registry.statistics();
        String redis = statistics.backend();
        String again = Durations.format(settings.registry().refreshInterval());
        return switch (statistics.state()) {
            case IN_PROCESS -> "in process, by choice: nobody else sees us";
            case CONNECTED -> redis + ", services known: " + statistics.services();
            case ALONE ->
                    statistics.lastError().isPresent()
                            ? "in process, no Redis at " + redis + ", looking again in " + again
                            : "in process until Redis at " + redis + " answers";
            case LOST -> "Redis at " + redis + " lost, what was known serves on";
        };
    }

    public String configuration() {
        ConfigurationStatistics statistics = configuration.statistics();
        String service = statistics.service();
        int restored = statistics.snapshot().restored();
        String values =
                (restored > 0 ? "values of the last run (" + restored + "), others " : "values ")
                        + "from app.yaml";
        return switch (statistics.state()) {
            case OFF -> "off, by choice: " + values;
            case CONNECTED -> service;
            case ALONE ->
                    statistics.lastError().isPresent()
                            ? "no service at " + service + ", " + values
                            : values + " until " + service + " answers";
            case LOST -> service + " lost, what was known serves on";
        };
    }

    private boolean isKnown() {
        RegistryStatistics atRegistry = registry.statistics();
        ConfigurationStatistics atService = configuration.statistics();
        return (atRegistry.state() != RegistryStatistics.State.ALONE
                        || atRegistry.lastError().isPresent())
                && (atService.state() != ConfigurationStatistics.State.ALONE
                        || atService.lastError().isPresent());
    }
}
