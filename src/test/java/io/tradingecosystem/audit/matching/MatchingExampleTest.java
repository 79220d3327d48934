package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** How times of events are compared. */
class MatchingExampleTest {
    @Test
    void clocksOfOneHostAreExact() {
        // @start region="clocks"
        EventClock market = clockOf("market-data", "host-1");
        EventClock risk = clockOf("risk-monitor", "host-2");
        ClockSkew skew =
                new ClockSkew(
                        Duration.ofMillis(100),
                        Map.of(
                                ClockSkew.pair("risk-monitor", "market-data"),
                                Duration.ofMillis(5)));

        assertThat(skew.of(market, risk)).isEqualTo(Duration.ofMillis(5));
        assertThat(skew.of(risk, clockOf("ledger", "host-2"))).isEqualTo(Duration.ZERO);
        // @end
    }

    @Test
    void aClockIsThatOfTheHostElseOfTheInstanceElseOfTheService() {
        var event = AuditEvent.builder("a", "t");
        assertThat(EventClock.of(event.build()).name()).isEqualTo("service a");
        assertThat(EventClock.of(event.instance("1").build()).name()).isEqualTo("instance a 1");
        assertThat(EventClock.of(event.attribute("host.name", "h").build()).name())
                .isEqualTo("host.name h");
        assertThat(EventClock.of(event.attribute("host.id", "i").build()).name())
                .isEqualTo("host.id i");
    }

    @Test
    void pairsAreReadInWhateverOrder() {
        assertThat(ClockSkew.parse("b+a=20ms, c+d=1s"))
                .contains(Map.of("a+b", Duration.ofMillis(20), "c+d", Duration.ofSeconds(1)));
        assertThat(ClockSkew.parse("")).contains(Map.of());
        assertThat(ClockSkew.parse("a=1s")).isEmpty();
        assertThat(ClockSkew.parse("a+b")).isEmpty();
        assertThat(ClockSkew.parse("a+b=-1s")).isEmpty();
        assertThat(ClockSkew.parse("a+b=soon")).isEmpty();
    }

    private static EventClock clockOf(String service, String host) {
        return EventClock.of(AuditEvent.builder(service, "t").attribute("host.name", host).build());
    }
}
