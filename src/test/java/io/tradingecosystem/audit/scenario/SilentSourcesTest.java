package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that should have spoken and did not leaves open what it would have told. */
class SilentSourcesTest {
    private static final String X =
            """
            name: x
            when: {type: t, service: desk}
            expect:
              - {name: filled, event: {service: venue, type: filled}, within: 10s}
            never:
              - {name: broken, event: {service: venue, type: broken}, within: 10s}
            speaks:
              - {service: venue, every: 5s%s}
            """;

    private final Hearing hearing = new Hearing();
    private int ids;

    private void define(String more) {
        hearing.define(X.formatted(more));
    }

    private void say(String service, String type, double at) {
        hearing.add(event(service, type, at));
    }

    private AuditEvent event(String service, String type, double at) {
        String id = type.equals("t") && at == 0 ? "t" : "e" + ids++;
        return Scene.event(service, type, id, at).severity(Severity.INFO).build();
    }

    private void count(int number, double at) {
        hearing.add(event("venue", "sign", at).toBuilder().attribute("seq", number).build());
    }

    private Verdict triggered() {
        say("desk", "t", 0);
        hearing.moveTo(100);
        return hearing.on("t");
    }

    @Test
    void shouldFailWhereTheServiceSpokeAllTheTime() {
        define("");
        for (int at = -5; at <= 15; at += 5) {
            say("venue", "sign", at);
        }

        assertThat(triggered().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotFailWhereTheServiceWasSilent() {
        define("");
        say("venue", "sign", -1);
        say("venue", "sign", 2);
        say("venue", "sign", 8);
        say("venue", "sign", 12);

        assertThat(triggered().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(triggered().reason())
                .contains("SOURCE_SILENT: venue, which speaks every 5s, was not heard from")
                .contains("00:02")
                .contains("00:08");
    }

    @Test
    void shouldNotPassWhatAServiceThatDiedMayHaveTold() {
        define("");
        say("venue", "sign", -1);
        say("venue", "filled", 3);
        say("venue", "sign", 8);

        Verdict verdict = triggered();

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.findings().getFirst().state()).isEqualTo(Verdict.State.MET);
        assertThat(verdict.reason()).contains("was not heard since");
    }

    @Test
    void shouldAmendWhenWhatFillsTheSilenceComesLate() {
        define("");
        say("venue", "sign", -1);
        say("venue", "sign", 4);
        say("venue", "sign", 12);
        assertThat(triggered().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(evidence()).isEqualTo(new Completeness(0, 1));
        hearing.restart();

        say("venue", "sign", 8);

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        assertThat(hearing.on("t").isFinal()).isTrue();
        assertThat(evidence()).isEqualTo(new Completeness(1, 1));
    }

    private Completeness evidence() {
        return hearing.reader().exercised().get("x").evidence().orElseThrow();
    }

    @Test
    void shouldPassWhatIsThereWhateverWasLost() {
        hearing.define(
                """
                name: x
                when: {type: t}
                expect: [{name: filled, event: {service: venue, type: filled}, within: 10s}]
                speaks: [{service: venue, every: 1s}]
                """);
        say("desk", "t", 0);
        say("venue", "filled", 9);
        hearing.moveTo(100);

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldSeeAHoleInNumbers() {
        define(", sequence: seq");
        int number = 0;
        for (int at = -4; at <= 16; at += 4) {
            count(++number + (at > 5 ? 1 : 0), at);
        }

        assertThat(triggered().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(triggered().reason())
                .contains("which counts in seq")
                .contains("was not heard without a hole from");

        count(4, 6);

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldTrustNoNumbersThatComeTwice() {
        define(", sequence: seq");
        for (int number = 1; number <= 6; number++) {
            count(number, -8 + number * 4);
        }
        assertThat(triggered().status()).isEqualTo(Status.FAILED);

        count(3, 50);

        assertThat(hearing.on("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(hearing.on("t").reason()).contains("gave a number twice");
    }

    /** What would have ended a window, or excused it, may be in the silence. */
    @ParameterizedTest
    @CsvSource({
        "'until: {service: venue, type: closed}'",
        "'unless: {event: {service: venue, type: closed}}'"
    })
    void shouldNotFailWhatAnEndOrAnExceptionInTheSilenceMayChange(String operator) {
        hearing.define(
                """
                name: x
                when: {type: t}
                never: [{name: order, event: {service: desk, type: order}, within: 10s, %s}]
                speaks: [{service: venue, every: 5s}]
                """
                        .formatted(operator));
        say("venue", "sign", -1);
        say("venue", "sign", 12);
        say("desk", "order", 7);
        assertThat(triggered().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(triggered().reason()).contains("SOURCE_SILENT: venue");

        say("venue", "sign", 4);
        say("venue", "sign", 8);

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);

        say("venue", "closed", 5);

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    /** A trigger that nobody told would have been the latest. */
    @Test
    void shouldNotPassWhatANextTriggerInTheSilenceMayTake() {
        hearing.define(
                """
                name: x
                when: {service: desk, type: t}
                expect: [{name: filled, event: {type: filled}, within: 10s, once: true}]
                speaks: [{service: desk, every: 5s}]
                """);
        say("desk", "sign", -1);
        say("desk", "sign", 12);
        say("venue", "filled", 7);

        assertThat(triggered().status()).isEqualTo(Status.INCONCLUSIVE);

        say("desk", "sign", 4);
        say("desk", "sign", 8);

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldRefuseASourceThatNoPartIsOn() {
        assertThatThrownBy(
                        () ->
                                Scene.definitions(
                                        X.formatted("")
                                                .replace(
                                                        "speaks:\n  - {service: venue",
                                                        "speaks:\n  - {service: risk")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("risk, which no part names");
        assertThatThrownBy(() -> Scene.definitions(X.formatted(", alive: 1m")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("alive");
    }

    /** Of more times without a hole than are kept, the earliest are not known any more. */
    @Test
    void shouldSayWhatItDoesNotKnowAnyMore() {
        var coverage = new SourceCoverage(5, false);
        for (int at = 0; at <= SourceCoverage.MAX; at++) {
            coverage.add(at * 10L, at * 10L);
        }

        assertThat(coverage.silence(0, 0).orElseThrow().kind())
                .isEqualTo(SourceCoverage.Silence.Kind.FORGOTTEN);
        assertThat(coverage.silence(10, 10)).isEmpty();
    }

    @Test
    void shouldHearNoMoreSourcesThanItSays() {
        for (int i = 0; i <= Sources.MAX; i++) {
            hearing.define(X.formatted("").replace("5s", (i + 1) + "ms"));
        }
        say("venue", "sign", -1);
        say("desk", "t", 0);
        hearing.moveTo(100);

        assertThat(hearing.on("t").reason())
                .contains("SOURCE_SILENT: venue is not heard, as more than 1000 sources");
    }

    @Test
    void shouldAmendARunWhenWhatFillsTheSilenceComesLate() {
        hearing.define(
                """
                name: y
                when: {type: t, service: desk}
                measure:
                  - {name: m, event: {service: venue, type: error}, rate: true, at-most: 1/s}
                run: {silence: 12s}
                speaks: [{service: venue, every: 5s}]
                """);
        for (int at = -1; at < 20; at += at == 4 ? 8 : 5) {
            say("venue", "sign", at);
        }
        say("desk", "t", 0);
        say("desk", "t", 1);
        say("venue", "error", 2);
        hearing.moveTo(100);
        assertThat(run().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(run().reason()).contains("SOURCE_SILENT: venue").contains("00:04");
        hearing.restart();

        say("venue", "sign", 8);
        hearing.moveTo(200);

        assertThat(run().status()).isEqualTo(Status.PASSED);
        assertThat(run().isFinal()).isTrue();
    }

    private Verdict run() {
        return hearing.reader()
                .verdicts(VerdictStoreReader.Question.ofScenario(""))
                .verdicts()
                .getFirst();
    }
}
