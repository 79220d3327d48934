package io.tradingecosystem.audit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.settings.LimitSettings;
import io.tradingecosystem.audit.settings.LimitSettings.Rates;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * How much each caller may send. A caller is known by its name, one without by the address that it
 * comes from; of an IPv6 address the network counts, as its owner has all addresses in it. The
 * table is bounded: who sends least often is forgotten first, and begins anew. Thread-safe.
 */
public final class Limits {
    /** How many callers are remembered. */
    static final int MAX_REMEMBERED = 10_000;

    private static final Pattern NETWORK = Pattern.compile("((?:[0-9a-f]+:){4})[0-9a-f:%\\w]+");

    private final LimitSettings settings;
    private final LongSupplier ticker;
    private final RefusedAmounts refused = new RefusedAmounts();
    private final Cache<String, Allowance> named = table();
    private final Cache<String, Allowance> addresses = table();

    private Limits(LimitSettings settings, LongSupplier ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    /**
     * The limits of the settings.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public static Limits create(LimitSettings settings, LongSupplier ticker) {
        return new Limits(settings, ticker);
    }

    private static Cache<String, Allowance> table() {
        return Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).executor(Runnable::run).build();
    }

    /** What was refused, by caller and limit. */
    public List<RefusedAmount> refused() {
        return refused.all();
    }

    /** The same caller, with what it may send. */
    Caller limited(Caller caller, String address) {
        return caller.limited(
                caller.name().isEmpty()
                        ? allowance(network(address), settings.otherwise(), addresses)
                        : allowance(caller.name(), settings.of(caller.name()), named));
    }

    private Allowance allowance(String payer, Rates rates, Cache<String, Allowance> table) {
        return rates.isUnlimited()
                ? new Allowance(payer, TokenBucket.UNLIMITED, TokenBucket.UNLIMITED, refused)
                : table.get(payer, unused -> limited(payer, rates));
    }

    private Allowance limited(String payer, Rates rates) {
        return new Allowance(
                payer,
                TokenBucket.of(rates.eventsPerSecond(), rates.burst(), ticker),
                TokenBucket.of(rates.bytesPerSecond(), rates.burst(), ticker),
                refused);
    }

    private static String network(String address) {
        return NETWORK.matcher(address).replaceFirst("$1:/64");
    }
}
