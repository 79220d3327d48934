package io.tradingecosystem.audit.access.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** When lines are due, and what becomes of too many. */
class AccessTableTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Answer OK = new Answer("200");
    private static final Told ONE = new Told(1, 7, 7);

    private final AccessTable table = new AccessTable();

    @Test
    void shouldWriteTheFirstSoonAndRepetitionsOnceAMinute() {
        add(question("risk", "10.0.0.1", "run"), 0);
        assertThat(take(1)).isEmpty();
        assertThat(take(2)).singleElement().matches(each -> each.answers() == 1);
        add(question("risk", "10.0.0.1", "run"), 3);
        add(question("risk", "10.0.0.1", "run"), 50);
        assertThat(take(61)).isEmpty();
        assertThat(take(62)).singleElement().matches(each -> each.answers() == 2);
        // Forgotten after a minute without it, so that the next one is soon again.
        assertThat(take(122)).isEmpty();
        add(question("risk", "10.0.0.1", "run"), 123);
        assertThat(take(125)).hasSize(1);
    }

    @Test
    void shouldFoldTheKeysOfOneWhoAsksForEverything() {
        for (int i = 0; i < 10_000; i++) {
            add(question("nosy", "10.0.0.1", "run-" + i), 0);
        }
        add(question("risk", "10.0.0.2", "run"), 0);

        List<AccessRecord> written = take(2);
        assertThat(written).hasSize(AccessTable.MAX_OF_ROUTE + 2);
        assertThat(written.stream().mapToLong(AccessRecord::items).sum()).isEqualTo(10_001);
        assertThat(written.stream().filter(AccessRecord::folded))
                .singleElement()
                .matches(each -> each.keys().isEmpty())
                .matches(each -> each.address().orElseThrow().equals("10.0.0.1"));
    }

    @Test
    void shouldFoldAddressesWhereTheyAreTooManyAndLoseNothing() {
        for (int i = 0; i < 10_000; i++) {
            add(question("", "10.0." + i / 256 + "." + i % 256, "run"), 0);
        }

        List<AccessRecord> written = take(2);
        assertThat(written).hasSize(AccessTable.MAX + 1);
        assertThat(written.stream().mapToLong(AccessRecord::items).sum()).isEqualTo(10_000);
        assertThat(written.stream().filter(AccessRecord::folded))
                .singleElement()
                .matches(each -> each.address().orElseThrow().equals("*"));
        assertThat(table.takeLost()).isZero();
    }

    @Test
    void shouldBeBoundedAndCountWhatFindsNoPlace() {
        for (int i = 0; i < 10_000; i++) {
            add(question("name-" + i, "10.0.0.1", "run"), 0);
        }

        assertThat(take(2)).hasSize(2 * AccessTable.MAX);
        assertThat(table.takeLost()).isEqualTo(10_000 - 2L * AccessTable.MAX);
        assertThat(table.takeLost()).isZero();
        // There is room again when they were quiet for a minute.
        assertThat(take(62)).isEmpty();
        add(question("name-9999", "10.0.0.1", "run"), 63);
        assertThat(take(65)).singleElement().matches(each -> !each.folded());
    }

    @Test
    void shouldCutWhatIsLongAndEscapeWhatIsNoText() {
        String hostile = "a\u0007\n\u007f\u0085\u2028\u202e\ud800" + "x".repeat(10_000);
        add(question("risk", "10.0.0.1", hostile), 0);

        byte[] line = take(2).getFirst().line();
        assertThat(line.length).isLessThan(600);
        assertThat(new String(line, StandardCharsets.UTF_8)).matches("[ -~]+\\n");
    }

    private void add(Question question, long seconds) {
        table.add(question, OK, ONE, 1, NOW.plusSeconds(seconds), nanos(seconds));
    }

    private List<AccessRecord> take(long seconds) {
        return table.take(nanos(seconds), false);
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static Question question(String name, String address, String run) {
        Function<String, String> kind = each -> each.isEmpty() ? "none" : "token";
        return new Question(
                What.READ,
                new Asker(name, kind.apply(name), address),
                "GET /api/v1/events",
                Map.of("scenario_id", run));
    }
}
