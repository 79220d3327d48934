package io.tradingecosystem.audit.monitoring;

import io.helidon.health.HealthCheckResponse;

import java.util.function.Supplier;

/**
 * Something that can be wrong with a part while requests are welcome all the same, such as work
 * that lags.
 *
 * @param name unique among conditions; by it the doors are asked
 * @param remedy what to do when it is wrong, a sentence
 * @param check tells how it is now, with facts; called on the threads of those who ask, so it is
 *     cheap. If it throws, the condition is down
 */
public record Condition(String name, String remedy, Supplier<HealthCheckResponse> check) {}
