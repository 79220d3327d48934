package io.tradingecosystem.audit.settings;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How much callers may send.
 *
 * @param otherwise each caller that has no limits of its own
 * @param callers those that have, by their name
 */
public record LimitSettings(Rates otherwise, Map<String, Rates> callers) {

    /** Copies the table. */
    public LimitSettings {
        callers = Map.copyOf(callers);
    }

    /**
     * How much one caller may send.
     *
     * @param eventsPerSecond empty for any number
     * @param bytesPerSecond as they are read, decompressed; empty for any number
     * @param burst what is saved up while nothing comes: so much time's events and bytes
     */
    public record Rates(OptionalLong eventsPerSecond, OptionalLong bytesPerSecond, Duration burst) {
        private static final Rates UNLIMITED =
                new Rates(OptionalLong.empty(), OptionalLong.empty(), Duration.ofSeconds(5));

        static Rates from(Section section, Rates otherwise) {
            return new Rates(
                    section.numberOrOff(
                            "events-per-second", otherwise.eventsPerSecond, 1, 1_000_000_000),
                    section.bytesOrOff(
                            "bytes-per-second", otherwise.bytesPerSecond, 1L << 10, 1L << 40),
                    section.duration(
                            "burst", otherwise.burst, Duration.ofMillis(100), Duration.ofHours(1)));
        }

        /** Whether nothing is bounded. */
        public boolean isUnlimited() {
            return eventsPerSecond.isEmpty() && bytesPerSecond.isEmpty();
        }
    }

    static LimitSettings from(Section section) {
        Rates otherwise = Rates.from(section, Rates.UNLIMITED);
        Map<String, Rates> callers = new TreeMap<>();
        for (String name : section.groups("callers")) {
            callers.put(name, Rates.from(section.section("callers." + name), otherwise));
        }
        return new LimitSettings(otherwise, callers);
    }

    /** What a caller of this name may send. */
    public Rates of(String name) {
        return callers.getOrDefault(name, otherwise);
    }
}
