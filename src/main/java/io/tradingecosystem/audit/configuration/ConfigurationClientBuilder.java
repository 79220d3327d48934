package io.tradingecosystem.audit.configuration;

import static java.util.Objects.requireNonNull;

import io.helidon.webclient.spi.DnsResolver;
import io.tradingecosystem.audit.configuration.ConfigurationStatistics.State;
import io.tradingecosystem.audit.egress.CheckedResolver;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.settings.ConfigurationSettings;
import io.tradingecosystem.audit.settings.ConfigurationSettings.Address;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Sets up a {@link ConfigurationClient}. Not thread-safe. */
public final class ConfigurationClientBuilder {
    private final ConfigurationSettings settings;
    private String environment = "development";
    private Map<String, String> variables = Map.of();
    private Supplier<Optional<URI>> registry = Optional::empty;
    private Optional<EgressPolicy> egress = Optional.empty();
    private ConfigurationObserver observer = ConfigurationObserver.NONE;
    private InstantSource clock = InstantSource.system();
    private LongSupplier ticker = System::nanoTime;
    private RandomGenerator random = new Random();

    ConfigurationClientBuilder(ConfigurationSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** Which environment's values are wanted; {@code development} by default. */
    public ConfigurationClientBuilder environment(String name) {
        this.environment = requireNonNull(name, "name is null");
        return this;
    }

    /** The environment variables that stand above what the service says; none by default. */
    public ConfigurationClientBuilder variables(Map<String, String> all) {
        this.variables = Map.copyOf(all);
        return this;
    }

    /**
     * Where the registry knows the configuration service, for {@code address: registry}. Asked
     * before each attempt, and must not block.
     */
    public ConfigurationClientBuilder registry(Supplier<Optional<URI>> lookup) {
        this.registry = requireNonNull(lookup, "lookup is null");
        return this;
    }

    /** Which addresses are called, of those that the registry has; all by default. */
    public ConfigurationClientBuilder egress(EgressPolicy policy) {
        this.egress = Optional.of(policy);
        return this;
    }

    /** Who sees how long loads take. */
    public ConfigurationClientBuilder observer(ConfigurationObserver watcher) {
        this.observer = requireNonNull(watcher, "watcher is null");
        return this;
    }

    /** The wall clock, for what is shown and kept on disk. */
    public ConfigurationClientBuilder clock(InstantSource wall) {
        this.clock = requireNonNull(wall, "wall is null");
        return this;
    }

    /** Monotonic time in nanoseconds, for how long what is known is believed. */
    public ConfigurationClientBuilder ticker(LongSupplier nanos) {
        this.ticker = requireNonNull(nanos, "nanos is null");
        return this;
    }

    /** For jitter. */
    public ConfigurationClientBuilder random(RandomGenerator source) {
        this.random = requireNonNull(source, "source is null");
        return this;
    }

    /** Starts the client. Returns at once: whether the service is there, shows. */
    public ConfigurationClient start() {
        boolean on = settings.address() != Address.OFF;
        ValueCache memory = new ValueCache(settings, variables, clock.instant());
        Snapshots snapshots = new Snapshots(settings.snapshot().filter(file -> on), environment);
        restore(memory, snapshots);
        Numbers numbers =
                new Numbers(
                        whereInWords(),
                        new Tally(),
                        new Reachability(whereInWords(), on ? State.ALONE : State.OFF),
                        source(),
                        snapshots);
        Loader loader = new Loader(numbers, observer, clock, ticker);
        Watches watches = new Watches(key -> memory.current(key, ticker.getAsLong()));
        Refresher refresher = new Refresher(memory, loader, snapshots, watches, ticker, random);
        if (on) {
            refresher.start();
        }
        return new CachingConfigurationClient(
                memory, loader, refresher, watches, numbers, settings.timeout(), ticker);
    }

    private ValueSource source() {
        boolean told = settings.address() == Address.REGISTRY;
        Supplier<Optional<URI>> service = told ? registry : () -> Optional.of(settings.url());
        Optional<DnsResolver> resolver = egress.filter(any -> told).map(CheckedResolver::of);
        AddressTemplate template = new AddressTemplate(settings.path(), environment);
        HttpSource http =
                new HttpSource(
                        service, resolver, template, settings, GuardedSource.share(settings));
        return new GuardedSource(http::ask, settings, Executors.newVirtualThreadPerTaskExecutor());
    }

    private void restore(ValueCache memory, Snapshots snapshots) {
        long tick = ticker.getAsLong();
        for (ConfigurationValue value : snapshots.restore()) {
            long age = value.age(clock.instant()).toNanos();
            memory.restore(value.key(), CachedValue.restored(value, tick - age));
        }
    }

    private String whereInWords() {
        return switch (settings.address()) {
            case URL -> settings.url().toString();
            case REGISTRY -> "configuration-service in the registry";
            case OFF -> "off";
        };
    }
}
