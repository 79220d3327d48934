package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.common.RecurringTask.FailureHandler;
import io.tradingecosystem.audit.common.RecurringTask.Step;

import java.time.Duration;

/**
 * A recurring task whose time goes by in native code, which a virtual thread would hold its carrier
 * for; so it has a thread of the platform.
 */
final class NativeTask {
    private NativeTask() {}

    /** The task, not started; its first step runs after a delay. */
    static RecurringTask of(
            String name, Duration initialDelay, Step step, FailureHandler onFailure) {
        return RecurringTask.builder(name, step, onFailure)
                .initialDelay(initialDelay)
                .platformThread()
                .build();
    }
}
