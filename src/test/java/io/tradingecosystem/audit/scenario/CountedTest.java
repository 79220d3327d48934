package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinedEvent;

import org.junit.jupiter.api.Test;

/** Counting stops when enough is known. */
class CountedTest {
    private static final int MANY = 1_000;

    private static JoinedEvent event(int number) {
        return new JoinedEvent("e" + number, "type", number, 0, new EventClock("desk", "one"));
    }

    @Test
    void shouldTellApartWhatCounts() {
        Counted counted = new Counted(false, 9, 9);
        counted.add(event(1), Placement.OPENING);
        counted.add(event(2), Placement.SURE);
        counted.add(event(3), Placement.END);

        assertThat(counted.all()).containsExactly(event(1), event(2), event(3));
        assertThat(counted.kept()).containsExactly(event(1), event(2));
        assertThat(counted.sure()).containsExactly(event(2));
        assertThat(counted.isCut()).isFalse();
    }

    @Test
    void shouldKeepWhatIsSureOnlyIfThatIsCritical() {
        Counted counted = new Counted(true, 9, 9);
        counted.add(event(1), Placement.OPENING);
        counted.add(event(2), Placement.SURE);

        assertThat(counted.kept()).containsExactly(event(2));
    }

    @Test
    void shouldStopWhenSoManyAreSure() {
        Counted lower = new Counted(false, 2, 9);
        assertThat(lower.add(event(1), Placement.OPENING)).isTrue();
        assertThat(lower.add(event(2), Placement.OPENING)).as("none is sure yet").isTrue();
        assertThat(lower.add(event(3), Placement.SURE)).isTrue();
        assertThat(lower.add(event(4), Placement.SURE)).isFalse();

        Counted upper = new Counted(false, 9, 1);
        assertThat(upper.add(event(1), Placement.SURE)).isFalse();
    }

    @Test
    void shouldLookAtNoMoreThanAThousandThatAreNotSure() {
        Counted counted = new Counted(false, MANY * 2, MANY * 2);
        counted.add(event(0), Placement.SURE);
        for (int i = 1; i <= MANY; i++) {
            assertThat(counted.add(event(i), i % 2 == 0 ? Placement.END : Placement.OPENING))
                    .isTrue();
        }
        assertThat(counted.add(event(-1), Placement.SURE)).as("a sure one").isTrue();
        assertThat(counted.isCut()).isFalse();

        assertThat(counted.add(event(-2), Placement.END)).isFalse();
        assertThat(counted.isCut()).isTrue();
        assertThat(counted.all()).hasSize(MANY + 2);
    }
}
