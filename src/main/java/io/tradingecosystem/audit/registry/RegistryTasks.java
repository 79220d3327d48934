package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;

/** What the recurring tasks of the registry have in common: what is logged of them. */
final class RegistryTasks {
    private static final EventLogger LOG = EventLogger.of(RegistryTasks.class);
    private static final Duration AFTER_A_BUG = Duration.ofSeconds(5);

    private RegistryTasks() {}

    static RecurringTask.Builder builder(String name, RecurringTask.Step step) {
        return RecurringTask.builder(
                name,
                step,
                failure -> {
                    LOG.error("registry.task_failed", failure, "task", name);
                    return AFTER_A_BUG;
                });
    }

    static void close(RecurringTask task, String name, Duration patience) {
        if (!task.close(patience)) {
            LOG.warn("registry.close_interrupted", "task", name, "after", patience);
        }
    }
}
