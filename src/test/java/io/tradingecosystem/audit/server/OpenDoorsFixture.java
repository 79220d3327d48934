package io.tradingecosystem.audit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.testing.TestSettings;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Doors that are open, with what a test adds to them. */
public final class OpenDoorsFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final Monitoring monitoring;
    public final OpenDoors doors;
    public final Http http;

    private OpenDoorsFixture(Monitoring monitoring, OpenDoors doors) {
        this.monitoring = monitoring;
        this.doors = doors;
        this.http = Http.of(doors.httpPort());
    }

    public static OpenDoorsFixture open(Map<String, String> changes, Adding adding) {
        return open(changes, adding, System::nanoTime);
    }

    public static OpenDoorsFixture open(
            Map<String, String> changes, Adding adding, LongSupplier ticker) {
        Settings settings = TestSettings.of(changes);
        Build build = new Build("1.2.3", "2026-01-01T00:00:00Z", "abcdef0");
        Identity identity = Identity.of(settings, build, Instant.EPOCH);
        Monitoring monitoring =
                Monitoring.create(identity, new Time(InstantSource.system(), ticker));
        Doors doors = Doors.create(settings.server(), monitoring);
        adding.to(doors, monitoring);
        return new OpenDoorsFixture(monitoring, doors.open());
    }

    static OpenDoorsFixture open(Consumer<Doors> adding) {
        return open(Map.of(), (doors, monitoring) -> adding.accept(doors));
    }

    public RawHttp raw() throws IOException {
        return new RawHttp(doors.httpPort());
    }

    /** The next client is served, and no connection is left but its own. */
    public void assertServedOn() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                Http.json(http.get("/api/v1/status"))
                                                        .at("/listeners/http/connections_open")
                                                        .asInt())
                                        .isEqualTo(1));
        assertThat(http.get("/metrics").body()).doesNotContain("code=\"500\"");
    }

    @Override
    public void close() {
        doors.close();
        monitoring.close();
    }

    /** What a test adds before the doors open. */
    @FunctionalInterface
    public interface Adding {
        void to(Doors doors, Monitoring monitoring);
    }
}
