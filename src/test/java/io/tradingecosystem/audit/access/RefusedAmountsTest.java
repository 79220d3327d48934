package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusedAmountsTest {
    @Test
    void shouldCountWhatIsPastItsRowsUnderOther() {
        RefusedAmounts amounts = new RefusedAmounts();
        for (int i = 0; i < RefusedAmounts.MAX_CALLERS + 7; i++) {
            amounts.add("c" + i, Denial.EVENTS_PER_SECOND, 2, 10);
        }
        amounts.add("c0", Denial.EVENTS_PER_SECOND, 2, 10);

        assertThat(amounts.all()).hasSize(RefusedAmounts.MAX_CALLERS + 1);
        assertThat(amounts.all())
                .filteredOn(row -> row.caller().equals(RefusedAmounts.OTHER))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.requests()).isEqualTo(7);
                            assertThat(row.events()).isEqualTo(14);
                        });
        assertThat(amounts.all().getFirst().requests()).isEqualTo(2);
    }
}
