package io.tradingecosystem.audit.access.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** However answers come, and whenever they are written, none is told twice and none is missing. */
class AccessTableProperties {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Answer OK = new Answer("200");

    /**
     * An answer.
     *
     * @param caller of a few
     * @param key of more than one route may have
     * @param items how much it told, from a position on
     * @param pause seconds before it
     */
    record Step(int caller, int key, int items, int pause) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(upTo(3), upTo(150), upTo(5), upTo(40))
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    private static Arbitrary<Integer> upTo(int max) {
        return Arbitraries.integers().between(0, max);
    }

    @Property(tries = 200)
    void shouldTellOfEachAnswerOnce(@ForAll("steps") List<Step> steps) {
        AccessTable table = new AccessTable();
        List<AccessRecord> written = new ArrayList<>();
        long seconds = 0;
        for (Step step : steps) {
            seconds += step.pause();
            written.addAll(table.take(nanos(seconds), false));
            table.add(
                    question(step), OK, told(step), 1, START.plusSeconds(seconds), nanos(seconds));
        }
        written.addAll(table.take(nanos(seconds), true));

        assertThat(byCaller(written, AccessRecord::answers)).isEqualTo(expected(steps, step -> 1));
        assertThat(byCaller(written, AccessRecord::items)).isEqualTo(expected(steps, Step::items));
        assertThat(table.takeLost()).isZero();
        for (AccessRecord each : written) {
            assertThat(Duration.between(each.firstAt(), each.lastAt()))
                    .isBetween(Duration.ZERO, AccessTable.REPEATED.plusSeconds(40));
            assertThat(AccessRecord.read(each.line(), 0, each.line().length)).contains(each);
        }
        long end = seconds;
        assertThat(steps)
                .allSatisfy(
                        step ->
                                assertThat(positions(written, step))
                                        .as("%s of %s", step, end)
                                        .isTrue());
    }

    /** Whether a record of the caller covers what the step told. */
    private static boolean positions(List<AccessRecord> written, Step step) {
        return step.items() == 0
                || written.stream()
                        .filter(each -> each.caller().filter(name(step)::equals).isPresent())
                        .filter(each -> each.firstPosition().isPresent())
                        .anyMatch(
                                each ->
                                        each.firstPosition().getAsLong() <= step.key() + 1
                                                && each.lastPosition().getAsLong()
                                                        >= step.key() + step.items());
    }

    private static Map<String, Long> byCaller(
            List<AccessRecord> written, ToLongFunction<AccessRecord> value) {
        return written.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> each.caller().orElse(""), Collectors.summingLong(value)));
    }

    private static Map<String, Long> expected(List<Step> steps, ToLongFunction<Step> value) {
        return steps.stream()
                .collect(
                        Collectors.groupingBy(
                                AccessTableProperties::name, Collectors.summingLong(value)));
    }

    private static String name(Step step) {
        return "caller-" + step.caller();
    }

    private static Question question(Step step) {
        Asker asker = new Asker(name(step), "token", "10.0.0." + step.caller());
        return new Question(
                What.READ, asker, "GET /api/v1/events", Map.of("service", "s-" + step.key()));
    }

    private static Told told(Step step) {
        return step.items() == 0
                ? Told.NOTHING
                : new Told(step.items(), step.key() + 1, step.key() + step.items());
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
