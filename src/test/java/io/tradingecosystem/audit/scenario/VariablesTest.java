package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a trigger says of its window, its counts and its numbers. */
class VariablesTest {
    private static final String FILLS =
            """
            name: fills
            let: {ttl: trigger.ttl, n: trigger.legs}
            when: {type: order}
            expect:
              - {name: fill, event: {type: fill}, exactly: '${n}',
                 within: {value: '${ttl}', at-most: 5m}}
            """;

    private static final String LIMIT =
            """
            name: limit
            let: {limit: trigger.price}
            when: {type: order}
            never:
              - {name: high, event: {type: fill, attributes: {price: {above: '${limit}'}}},
                 within: 10s}
            """;

    private static AuditEvent order(Object ttl, Object legs) {
        AuditEventBuilder order = Scene.event("desk", "order", "o", 0);
        return attribute(attribute(order, "ttl", ttl), "legs", legs).build();
    }

    private static AuditEventBuilder attribute(AuditEventBuilder event, String name, Object is) {
        return switch (is) {
            case Integer number -> event.attribute(name, number);
            case Double number -> event.attribute(name, number);
            case Boolean flag -> event.attribute(name, flag);
            default -> is.toString().isEmpty() ? event : event.attribute(name, is.toString());
        };
    }

    private static AuditEvent fill(String id, double seconds) {
        return Scene.event("venue", "fill", id, seconds).build();
    }

    private static AuditEvent fill(String id, Object price) {
        return attribute(Scene.event("venue", "fill", id, 1), "price", price).build();
    }

    @Test
    void shouldWaitAsLongAndForAsManyAsTheTriggerSays() {
        Verdict verdict =
                Scene.judge(FILLS, order("20s", 2), fill("a", 5), fill("b", 19), fill("c", 21));

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.findings().getFirst().limit()).hasSeconds(20);
        assertThat(verdict.deadline()).isEqualTo(Scene.at(20));
        assertThat(verdict.reason()).contains("2 came").contains("(n is \"2\", ttl is \"20s\")");
    }

    @Test
    void shouldSayWhatTheTriggerSaidOfWhatIsMissed() {
        Verdict verdict = Scene.judge(FILLS, order(7_000, "2.0"), fill("a", 5), fill("b", 8));

        assertThat(verdict.status()).isEqualTo(Status.FAILED);
        assertThat(verdict.reason())
                .isEqualTo(
                        "fill 1 of 2 came within 7 s; one more came 1 s too late"
                                + " (n is \"2.0\", ttl is \"7000\")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''      | 2    | has no \"ttl\"",
                "soon    | 2    | ttl\" of the trigger is \"soon\", not a duration like 15s",
                "6m      | 2    | to 5m",
                "999us   | 2    | from 1ms",
                "1e999   | 2    | ttl\" of the trigger is \"1e999\"",
                "-5000   | 2    | ttl\" of the trigger is \"-5000\"",
                "1.5     | 2    | ttl\" of the trigger is \"1.5\"",
                "PT-5S   | 2    | ttl\" of the trigger is \"PT-5S\"",
                "20s     | ''   | has no \"legs\"",
                "20s     | two  | legs\" of the trigger is \"two\", not a whole number from 1 to"
                        + " 200",
                "20s     | 0    | legs\" of the trigger is \"0\"",
                "20s     | 201  | legs\" of the trigger is \"201\"",
                "20s     | 1.5  | legs\" of the trigger is \"1.5\"",
                "20s     | true | legs\" of the trigger is \"true\""
            })
    void shouldLeaveOpenWhatTheTriggerDoesNotSay(String ttl, String legs, String why) {
        Verdict verdict = Scene.judge(FILLS, order(ttl, legs), fill("a", 5), fill("b", 6));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("UNBOUND_VARIABLE: ").contains(why);
    }

    @Test
    void shouldTakeNoTextThatIsTooLong() {
        String long64 = "0.5" + "0".repeat(61);
        AuditEvent order = Scene.event("desk", "order", "o", 0).attribute("price", long64).build();
        AuditEvent longer =
                Scene.event("desk", "order", "p", 0).attribute("price", long64 + "0").build();

        assertThat(Scene.judge(LIMIT, order).status()).isEqualTo(Status.PASSED);
        assertThat(Scene.judge(LIMIT, longer).reason()).contains("…\", not a number");
    }

    @ParameterizedTest
    @CsvSource({
        "100.5, 100.5, PASSED",
        "100.5, 100.50000000000000000001, FAILED",
        "100.5, 101, FAILED",
        "100.5, cheap, PASSED",
        "100.5, '', PASSED",
        "cheap, 101, INCONCLUSIVE",
        "'', 101, INCONCLUSIVE"
    })
    void shouldCompareWithTheNumberOfTheTrigger(String limit, String price, Status status) {
        AuditEvent order = attribute(Scene.event("desk", "order", "o", 0), "price", limit).build();

        assertThat(Scene.judge(LIMIT, order, fill("f", price)).status()).isEqualTo(status);
    }

    @Test
    void shouldNotTellWhereMoreCameThanAreCompared() {
        List<AuditEvent> events = new ArrayList<>();
        events.add(Scene.event("desk", "order", "o", 0).attribute("price", 5).build());
        for (int i = 0; i < ComparedPart.MAX_COMPARED; i++) {
            events.add(fill("f" + (1000 + i), 5));
        }
        Verdict all = Scene.judge(LIMIT, events.toArray(AuditEvent[]::new));
        events.add(fill("g", 6));
        Verdict more = Scene.judge(LIMIT, events.toArray(AuditEvent[]::new));

        assertThat(all.status()).isEqualTo(Status.PASSED);
        assertThat(more.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(more.reason()).contains("MAX_COMPARED: more than 1000 events came");
    }

    private static final String REPORT =
            """
            name: report
            let: {exec: ack.exec_id, legs: ack.legs, ttl: ack.ttl}
            when: {type: order}
            expect:
              - {name: ack, event: {type: ack}, within: 5s}
              - {name: fill, event: {type: fill, attributes: {exec_id: '${exec}'}},
                 exactly: '${legs}', within: {value: '${ttl}', at-most: 1m}, after: ack}
            """;

    private static final AuditEvent ORDER = Scene.event("desk", "order", "o", 0).build();

    private static AuditEvent ack(String id, double seconds, Object exec, Object legs, Object ttl) {
        AuditEventBuilder ack = Scene.event("desk", "ack", id, seconds);
        return attribute(attribute(attribute(ack, "exec_id", exec), "legs", legs), "ttl", ttl)
                .build();
    }

    private static AuditEvent exec(String id, double seconds, String exec) {
        return Scene.event("desk", "fill", id, seconds).attribute("exec_id", exec).build();
    }

    @Test
    void shouldWaitForWhatTheEffectSays() {
        Verdict verdict =
                Scene.judge(
                        REPORT,
                        ORDER,
                        ack("a", 1, "X1", 2, "30s"),
                        exec("f", 2, "X1"),
                        exec("g", 3, "X2"),
                        exec("h", 29, "X1"),
                        exec("i", 31, "X1"));

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.deadline()).isEqualTo(Scene.at(30));
        assertThat(verdict.findings().getLast().sightings())
                .extracting(Verdict.Sighting::eventId)
                .containsExactly("f", "h");
        assertThat(verdict.findings().getLast().reason())
                .endsWith("(exec is \"X1\", legs is \"2\", ttl is \"30s\")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''  | 1  | 30s | ack has no \"exec_id\"",
                "X1  | '' | 30s | ack has no \"legs\"",
                "X1  | 0  | 30s | \"legs\" of ack is \"0\", not a whole number from 1 to 200",
                "X1  | 1  | 2m  | \"ttl\" of ack is \"2m\", not a duration"
            })
    void shouldLeaveOpenWhatTheEffectDoesNotSay(String exec, String legs, String ttl, String why) {
        Verdict verdict =
                Scene.judge(REPORT, ORDER, ack("a", 1, exec, legs, ttl), exec("f", 2, "X1"));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("UNBOUND_VARIABLE: ").contains(why);
    }

    @Test
    void shouldNotTellWhichOfTwoMetTheEffect() {
        Verdict verdict =
                Scene.judge(
                        REPORT,
                        ORDER,
                        ack("a", 1, "X1", 1, "30s"),
                        ack("b", 1, "X2", 1, "30s"),
                        exec("f", 2, "X1"));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("\"exec_id\" of ack cannot be told, as clocks do not tell whether \"b\"");
    }

    @Test
    void shouldTakeNoListForAText() {
        AuditEvent list =
                Scene.event("desk", "ack", "a", 1)
                        .attribute("legs", 1)
                        .attribute("ttl", "30s")
                        .attribute(
                                "exec_id",
                                new AttributeValue.Sequence(List.of(new AttributeValue.Text("X"))))
                        .build();

        Verdict verdict = Scene.judge(REPORT, ORDER, list, exec("f", 2, "[X]"));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("it is neither a text, a number, true nor false");
    }

    @Test
    void shouldAmendWhatComesAfterWhenAnEarlierOneMetTheEffect() {
        AuditEvent late = ack("b", 1, "X2", 1, "40s").toBuilder().recordedAt(Scene.at(50)).build();
        List<AuditEvent> events =
                List.of(ORDER, ack("a", 2, "X1", 1, "30s"), exec("f", 3, "X1"), late);

        assertThat(Scene.judge(REPORT, events.subList(0, 3).toArray(AuditEvent[]::new)).status())
                .isEqualTo(Status.PASSED);
        Verdict amended = Scene.judge(REPORT, events.toArray(AuditEvent[]::new));
        assertThat(amended.status()).isEqualTo(Status.FAILED);
        assertThat(amended.deadline()).isEqualTo(Scene.at(40));
        assertThat(amended.reason()).contains("exec is \"X2\"");
    }

    @Test
    void shouldAmendWhatIsOverByItsOwnTimeAndNotByTheLongest() {
        AuditEvent late = fill("a", 1).toBuilder().recordedAt(Scene.at(30)).build();
        AuditEvent order = order("2s", 1).toBuilder().recordedAt(Scene.at(0)).build();
        List<AuditEvent> events = List.of(order, Scene.event("x", "x", "x", 20).build(), late);

        Verdict verdict =
                OfflineVerdicts.verifyWith(
                                Scene.definitions(FILLS),
                                events,
                                Scene.EXACT,
                                Optional.of(Scene.at(31)))
                        .verdicts()
                        .getFirst();

        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.isFinal()).isTrue();
    }
}
