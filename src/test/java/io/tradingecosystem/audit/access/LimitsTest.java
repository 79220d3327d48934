package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.settings.LimitSettings;
import io.tradingecosystem.audit.settings.LimitSettings.Rates;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

class LimitsTest {
    private static final Rates ONE =
            new Rates(OptionalLong.of(1), OptionalLong.of(1_024), Duration.ofSeconds(1));

    private final ManualTicker ticker = new ManualTicker();
    private final Limits limits = Limits.create(new LimitSettings(ONE, Map.of()), ticker);

    @Test
    void shouldKnowACallerByItsNameWhereverItComesFrom() {
        named("a", "10.0.0.1").takeEvents(2);

        assertOwes(named("a", "10.0.0.2"), Denial.EVENTS_PER_SECOND);
        named("b", "10.0.0.1").takeEvents(2);
    }

    @Test
    void shouldKnowOneWithoutANameByItsAddress() {
        unnamed("10.0.0.1").takeEvents(2);

        assertOwes(unnamed("10.0.0.1"), Denial.EVENTS_PER_SECOND);
        unnamed("10.0.0.2").takeEvents(2);
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneAddress() {
        unnamed("2001:db8:0:7:0:0:0:1").takeEvents(2);

        assertOwes(unnamed("2001:db8:0:7:abcd:0:0:2"), Denial.EVENTS_PER_SECOND);
        unnamed("2001:db8:0:8:0:0:0:1").takeEvents(2);
    }

    @Test
    void shouldNotTakeANameForAnAddress() {
        named("10.0.0.1", "10.0.0.9").takeEvents(2);

        unnamed("10.0.0.1").takeEvents(2);
    }

    @Test
    void shouldTakeWhatIsLargerThanABucketCanEverHold() {
        Allowance allowance = named("a", "10.0.0.1");

        allowance.takeStreamed(10, 10_240);

        assertThatThrownBy(() -> allowance.takeStreamed(10, 10_240))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        e -> {
                            assertThat(e.limit()).isEqualTo(Denial.EVENTS_PER_SECOND);
                            ticker.advance(e.retryAfter());
                        });
        allowance.takeStreamed(10, 10_240);
    }

    @Test
    void shouldTakeNoMoreOfABodyByItsHeadThanAFullBucketHas() {
        Allowance allowance = named("a", "10.0.0.1");

        assertThat(allowance.begin(1 << 20)).isEqualTo(1_024);
        ticker.advance(Duration.ofNanos(1));
        assertThat(allowance.begin(7)).isEqualTo(7);
    }

    @Test
    void shouldNotRememberMoreThanItsTableHas() {
        Limits many = Limits.create(new LimitSettings(ONE, Map.of()), ticker);
        for (int i = 0; i < 2 * RefusedAmounts.MAX_CALLERS; i++) {
            Allowance allowance = many.limited(caller("n" + i), "?").allowance();
            allowance.takeEvents(2);
            assertThatThrownBy(() -> allowance.begin(7)).isInstanceOf(LimitExceededException.class);
        }

        assertThat(many.refused()).hasSize(RefusedAmounts.MAX_CALLERS + 1);
        assertThat(many.refused())
                .filteredOn(each -> each.caller().equals(RefusedAmounts.OTHER))
                .singleElement()
                .isEqualTo(
                        new RefusedAmount(
                                RefusedAmounts.OTHER,
                                Denial.EVENTS_PER_SECOND,
                                RefusedAmounts.MAX_CALLERS,
                                0,
                                7L * RefusedAmounts.MAX_CALLERS));
    }

    private static void assertOwes(Allowance allowance, Denial limit) {
        assertThatThrownBy(() -> allowance.begin(0))
                .isInstanceOfSatisfying(
                        LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(limit));
    }

    private Allowance named(String name, String address) {
        return limits.limited(caller(name), address).allowance();
    }

    private Allowance unnamed(String address) {
        return limits.limited(Caller.NONE, address).allowance();
    }

    private static Caller caller(String name) {
        return new Caller(name, Kind.TOKEN, Set.of(), Set.of());
    }
}
