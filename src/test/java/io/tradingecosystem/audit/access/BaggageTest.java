package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

/** The header of W3C Baggage. */
class BaggageTest {
    @Test
    void shouldReadTheRun() {
        assertThat(of("scenario_id=run-1")).isEqualTo(new Baggage("run-1", true));
        assertThat(of("userId=alice, scenario_id = run-1 ;ttl=1;x , isProduction=false"))
                .isEqualTo(new Baggage("run-1", true));
        assertThat(of("scenario_id=a=b")).isEqualTo(new Baggage("a=b", true));
    }

    @Test
    void shouldReadSeveralHeadersAsOne() {
        assertThat(of("a=1", "", "scenario_id=run-1")).isEqualTo(new Baggage("run-1", true));
    }

    @Test
    void shouldDecodeTheValue() {
        assertThat(of("scenario_id=Am%C3%A9lie%20%25")).isEqualTo(new Baggage("Amélie %", true));
        assertThat(of("scenario_id=100%")).isEqualTo(new Baggage("100%", true));
        assertThat(of("scenario_id=%C3")).isEqualTo(new Baggage("", false));
    }

    @Test
    void shouldIgnoreWhatIsNoMemberAndSaySo() {
        assertThat(of("scenario_id=run-1,nothing")).isEqualTo(new Baggage("run-1", false));
        assertThat(of("scenario_id=\"run\"")).isEqualTo(new Baggage("", false));
        assertThat(of("scenario id=run")).isEqualTo(new Baggage("", false));
        assertThat(of("scenario_id=")).isEqualTo(new Baggage("", false));
    }

    @Test
    void shouldTakeNeitherOfTwoRuns() {
        assertThat(of("scenario_id=a,scenario_id=b")).isEqualTo(new Baggage("", false));
        assertThat(of("scenario_id=a", "scenario_id=a")).isEqualTo(new Baggage("a", true));
    }

    @Test
    void shouldReadNoMoreThanItsBounds() {
        String last = "scenario_id=run-1";
        String members = String.join(",", Collections.nCopies(Baggage.MAX_MEMBERS - 1, "a=1"));
        assertThat(of(members + "," + last)).isEqualTo(new Baggage("run-1", true));
        assertThat(of("a=1," + members + "," + last)).isEqualTo(new Baggage("", false));
        assertThat(of(last + "," + members + ",b=1,c=1")).isEqualTo(new Baggage("run-1", false));

        String filler = "a=" + "1".repeat(Baggage.MAX_SIZE - last.length() - 3) + ",";
        assertThat(of(filler + last)).isEqualTo(new Baggage("run-1", true));
        assertThat(of(filler + last + "2")).isEqualTo(new Baggage("", false));
    }

    @Test
    void shouldSayNothingOfNothing() {
        assertThat(of()).isEqualTo(new Baggage("", true));
        assertThat(of("")).isEqualTo(new Baggage("", true));
    }

    private static Baggage of(String... headers) {
        return Baggage.of(List.of(headers));
    }
}
