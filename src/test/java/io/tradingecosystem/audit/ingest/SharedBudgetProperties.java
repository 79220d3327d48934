package io.tradingecosystem.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.store.LogBusyException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

/** What of a budget is there for others, whatever the greedy do. */
class SharedBudgetProperties {
    private static final int MAX = 10_000;

    @Property
    void shouldLeaveSomeForOneWhoComesLater(
            @ForAll @IntRange(min = 1, max = 9) int greedy,
            @ForAll @Size(min = 1, max = 500) List<@IntRange(min = 1, max = 100) Integer> amounts) {
        SharedBudget budget = new SharedBudget(MAX, "pieces");
        for (int turn = 0; turn < 5; turn++) {
            for (int amount : amounts) {
                for (int i = 0; i < greedy; i++) {
                    tryToEnter(budget, "greedy-" + i, amount);
                }
            }
        }

        // Each has four times what is free, but for its first piece.
        assertThat(budget.now()).isLessThanOrEqualTo(MAX - MAX / (4 * greedy + 1) + 100 * greedy);
        budget.enter("modest", Math.max(1, MAX - budget.now()));
    }

    @Example
    void shouldGiveAllBack() {
        SharedBudget budget = new SharedBudget(MAX, "pieces");
        budget.enter("a", 5_000);
        budget.enter("a", 3_000);
        assertThatThrownBy(() -> budget.enter("a", 1))
                .isInstanceOf(LogBusyException.class)
                .hasMessage("a has its share of the 10000 pieces that may wait for the log.");
        assertThatThrownBy(() -> budget.enter("b", 2_001))
                .isInstanceOf(LogBusyException.class)
                .hasMessage("More than 10000 pieces wait for the log already.");
        budget.leave("a", 8_000);

        assertThat(budget.now()).isZero();
        budget.enter("b", 2 * MAX);
        budget.leave("b", 2 * MAX);
        budget.enter("a", 8_000);
    }

    @Example
    void shouldAskNobodyForASharesWhoWorksForNobody() {
        SharedBudget budget = new SharedBudget(MAX, "pieces");
        for (int i = 0; i < 10; i++) {
            budget.enter("", MAX / 10);
        }
        assertThat(budget.now()).isEqualTo(MAX);
    }

    private static void tryToEnter(SharedBudget budget, String payer, int amount) {
        try {
            budget.enter(payer, amount);
        } catch (LogBusyException e) {
            assertThat(e.retryAfter()).isPositive();
        }
    }
}
