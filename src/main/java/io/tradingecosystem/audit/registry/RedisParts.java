package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.settings.RegistrySettings;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What the tasks of a registry in Redis share. */
record RedisParts(
        RegistrySettings settings,
        RedisConnections connections,
        RecordWriter writer,
        Reachability reachability,
        AccessDenials denials,
        RegistryObserver observer,
        InstantSource clock,
        LongSupplier ticker,
        RandomGenerator random) {}
