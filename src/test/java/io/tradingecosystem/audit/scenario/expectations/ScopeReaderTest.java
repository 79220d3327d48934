package io.tradingecosystem.audit.scenario.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Scope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

/** Which events count, as it is written. */
class ScopeReaderTest {
    private static Definition<Expectation> read(String text) {
        return ExpectationReader.KIND.readOne("a.yaml", text, Definition.API);
    }

    @Test
    void shouldGivePartsOfAStateWhatTheyDoNotSay() {
        Expectation expectation =
                read("""
                name: halted
                while: {from: {type: halt}, to: {type: go}, by: [symbol], at-most: 1h}
                never:
                  - {name: order, event: {type: order}}
                  - {name: quote, event: {type: quote}, within: 5s, join: [desk],
                     until: {type: quit}}
                """)
                        .content();

        Forbidden order = expectation.forbidden().getFirst();
        Forbidden quote = expectation.forbidden().getLast();
        assertThat(expectation.trigger().onlyType()).contains("halt");
        assertThat(order.within()).isEqualTo(Duration.ofHours(1));
        assertThat(order.join()).containsExactly(JoinKey.of("symbol"));
        assertThat(until(order).pattern().onlyType()).contains("go");
        assertThat(quote.within()).isEqualTo(Duration.ofSeconds(5));
        assertThat(quote.join()).containsExactly(JoinKey.of("desk"));
        assertThat(until(quote).pattern().onlyType()).contains("quit");
        assertThat(until(quote).join()).containsExactly(JoinKey.of("desk"));
    }

    private static Marker until(Forbidden part) {
        return part.scope().until().orElseThrow();
    }

    @Test
    void shouldTakeNextTriggersByWhatTriggersShare() {
        Expectation expectation =
                read("""
                name: tick
                when: {type: tick}
                expect:
                  - {name: quote, event: {type: quote}, within: 1s, once: true,
                     join: [{cause: trace_id, effect: of}, {cause: s, effect: i}]}
                """)
                        .content();

        Marker next = expectation.effects().getFirst().scope().next().orElseThrow();
        assertThat(next.pattern()).isEqualTo(expectation.trigger());
        assertThat(next.join())
                .extracting(key -> key.effect().written())
                .containsExactly("trace_id", "s");
        assertThat(next.join()).extracting(JoinKey::isText).containsExactly(true, false);
    }

    @Test
    void shouldExcuseEachPartByItsOwnAndByThatOfAll() {
        Expectation expectation =
                read("""
                name: quiet
                when: {type: t}
                unless: {event: {type: maintenance}, within: 1h, join: []}
                never:
                  - {name: a, event: {type: a}, within: 5s, join: [k],
                     unless: {event: {type: approval}}}
                  - {name: b, event: {type: b}, within: 5s}
                """)
                        .content();

        List<Marker> ofFirst = expectation.forbidden().getFirst().scope().unless();
        assertThat(ofFirst)
                .extracting(Marker::name)
                .containsExactly("every part unless", "a unless");
        assertThat(ofFirst.getLast().within()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ofFirst.getLast().join()).containsExactly(JoinKey.of("k"));
        assertThat(expectation.forbidden().getLast().scope().unless())
                .containsExactly(ofFirst.getFirst());
        assertThat(expectation.markers()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when: {type: t}, while: {from: {type: f}, to: {type: g}, at-most: 1h}"
                        + "| when stands beside while; allowed is one of both",
                "while: {from: {type: f}, to: {type: g}} | while.at-most is missing",
                "while: {from: {type: f}, at-most: 1h} | while.to is missing",
                "when: {type: t}, unless: {event: {type: x}, within: 1s}"
                        + "| unless.join is missing; allowed is a list of keys, or [] for none",
                "when: {type: t}, unless: {event: {type: x}, join: []} | unless.within is missing",
                "when: {type: t}, unless: {event: {type: x}, within: 1s, join: [], until: {}}"
                        + "| unless.until is not known"
            })
    void shouldSayWhatIsMissing(String text, String problem) {
        String parts = ", never: [{name: n, event: {type: n}, within: 1s}]";

        assertThatThrownBy(() -> read("{name: x, " + text + parts + "}"))
                .hasMessageContaining(problem.strip());
    }

    @Test
    void shouldTakeAVariableForAKey() {
        Expectation expectation =
                read("""
                name: x
                let: {oid: trigger.order_id, run: trigger.scenario_id}
                when: {type: t}
                never:
                  - name: n
                    event: {type: n, attributes: {parent: '${oid}', side: buy}}
                    within: 1s
                    join: [k]
                    once: true
                    until: {type: u, attributes: {r: '${run}'}}
                """)
                        .content();

        Forbidden part = expectation.forbidden().getFirst();
        assertThat(part.join()).containsExactly(JoinKey.of("k"), new JoinKey("order_id", "parent"));
        assertThat(part.pattern().conditions()).hasSize(1);
        assertThat(until(part).join())
                .containsExactly(JoinKey.of("k"), new JoinKey("scenario_id", "r"));
        assertThat(part.scope().next().orElseThrow().join())
                .containsExactly(JoinKey.of("k"), JoinKey.of("order_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "let: {a: order_id} | let.a is order_id; allowed is trigger. and the name",
                "let: {a: trigger.} | let.a is trigger.; allowed is trigger. and the name",
                "let: {'a b': trigger.x} | let.a b is no name; allowed is letters, digits",
                "let: {b: trigger.x} | x is ${a}; allowed is one variable of [${b}]",
                "unless: {event: {type: x}, within: 1s, join: []} | ''"
            })
    void shouldSayWhichVariableIsNotBound(String text, String problem) {
        String whole =
                "{name: x, when: {type: t}, "
                        + text
                        + ", never: [{name: n, event: {type: n, attributes: {x: '${a}'}}, within:"
                        + " 1s}]}";

        if (problem.isEmpty()) {
            assertThat(read(whole).content().forbidden().getFirst().join()).isEmpty();
        } else {
            assertThatThrownBy(() -> read(whole)).hasMessageContaining(problem);
        }
    }

    @Test
    void shouldTakeVariablesForWindowsCountsAndNumbers() {
        Expectation expectation =
                read("""
                name: x
                let: {ttl: trigger.ttl, n: trigger.legs, id: trigger.order_id}
                when: {type: t}
                expect:
                  - name: e
                    event: {type: e, attributes: {id: '${id}', q: {above: '${n}', below: 9}}}
                    within: '${ttl}'
                    at-least: 2
                    at-most: '${n}'
                    until: {type: u}
                    unless: {event: {type: x}, within: {value: '${ttl}', at-most: 2m}}
                """)
                        .content();

        Effect part = expectation.effects().getFirst();
        assertThat(part.join()).containsExactly(new JoinKey("order_id", "id"));
        assertThat(part.within()).isEqualTo(Duration.ofHours(1));
        assertThat(part.variables().within()).map(Variable::name).contains("ttl");
        assertThat(part.variables().max()).map(Variable::name).contains("n");
        assertThat(part.variables().compared()).hasSize(1);
        assertThat(part.scope().until()).map(each -> each.variables().isEmpty()).contains(false);
        assertThat(part.scope().unless().getFirst().within()).isEqualTo(Duration.ofMinutes(2));
        assertThat(expectation.variables()).extracting(Variable::name).containsExactly("ttl", "n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "within: '${b}' | within is ${b}; allowed is one variable of [${a}]",
                "within: '${a}s' | within is ${a}s; allowed is one variable of [${a}]",
                "within: {value: 5s, at-most: 6s} | within.value is no variable; allowed is one",
                "within: {value: '${a}'} | within.at-most is missing",
                "within: {value: '${a}', at-most: 25h} | within.at-most is \"25h\"",
                "within: {value: '${a}', at-most: 1h, or: 2} | within.or is not known",
                "within: 1s, exactly: '${b}' | exactly is ${b}; allowed is one variable of [${a}]",
                "within: 1s, exactly: '${a}', at-most: 3 | exactly stands beside at-least",
                "within: 1s, lasting: '${a}' | lasting is \"${a}\"",
                "within: 1s, until: {attributes: {x: {below: '${b}'}}}"
                        + "| attributes x is ${b}; allowed is one variable of [${a}]",
                "within: 1s, until: {any-of: [{attributes: {x: {below: '${a}'}}}]}"
                        + "| attributes has ${a}; allowed is values, within any-of",
                "within: 1s, until: {attributes: {x: {in: ['${a}']}}}"
                        + "| until has ${a} where nothing is bound; allowed is variables as",
                "within: 1s, until: {type: '${a}'} | until has ${a} where nothing is bound"
            })
    void shouldSayWhichVariableCannotBeTaken(String text, String problem) {
        String whole =
                "{name: x, let: {a: trigger.x}, when: {type: t}, expect: [{name: n,"
                        + " event: {type: n}, "
                        + text
                        + "}]}";

        assertThatThrownBy(() -> read(whole)).hasMessageContaining(problem.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "within: 1s | attributes x is ${v}; allowed is one variable of [${t}]",
                "within: 1s, after: b | attributes x is ${v}; allowed is one variable of [${t}]",
                "within: '${w}', after: a, until: {type: u} | within is of an effect; allowed is",
                "within: '${w}', after: a, once: true | within is of an effect; allowed is one of",
                "within: '${w}', after: a, unless: {event: {type: u}} | within is of an effect",
                "within: 1s, after: a, until: {attributes: {y: '${v}'}}"
                        + "| attributes y is ${v}; allowed is one variable of [${t}]",
                "within: 1s, after: a, unless: {event: {type: u, attributes: {y: '${v}'}}}"
                        + "| attributes y is ${v}; allowed is one variable of [${t}]",
                "within: 1s, after: may, exactly: '${m}' | let m is of may, which need not come",
                "within: '${w}', after: a | ''",
                "within: 1s, after: [b, a], exactly: '${w}' | ''"
            })
    void shouldTakeFromAnEffectOnlyBehindIt(String text, String problem) {
        String whole =
                """
                {name: x, let: {v: a.k, w: a.b.ttl, t: trigger.k, m: may.k}, when: {type: t}, expect: [
                {name: a, event: {type: a}, within: 1s}, {name: b, event: {type: b}, within: 1s},
                {name: a.b, event: {type: c}, within: 1s},
                {name: may, event: {type: m}, within: 1s%s},
                {name: n, event: {type: n, attributes: {x: '${v}'}}, %s}]}
                """
                        .formatted(problem.contains("need not") ? ", at-most: 1" : "", text);
        String here = problem.startsWith("within") || problem.isEmpty() ? "w: a.ttl" : "w: a.b.ttl";
        String read = whole.replace("w: a.b.ttl", here).replace("after: may", "after: [may, a]");

        if (problem.isEmpty()) {
            assertThat(read(read).content().effects().getLast().variables().areOfEffects())
                    .isTrue();
        } else {
            assertThatThrownBy(() -> read(read)).hasMessageContaining(problem.strip());
        }
    }

    @Test
    void shouldKnowAnEffectByTheWholeOfItsName() {
        Expectation expectation =
                read("""
                name: x
                let: {v: a.b.k, w: a.b}
                when: {type: t}
                expect:
                  - {name: a, event: {type: a}, within: 1s}
                  - {name: a.b, event: {type: b}, within: 1s}
                  - {name: c, event: {type: c, attributes: {x: '${v}', y: '${w}'}}, within: 1s,
                     after: [a, a.b]}
                """)
                        .content();

        assertThat(expectation.variables())
                .extracting(each -> each.effect() + " " + each.attribute().written())
                .containsExactly("a.b k", "a b");
    }

    @Test
    void shouldNotTakeAWindowFromAnEffectWhereSilenceCounts() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        name: x
                                        let: {w: a.ttl}
                                        when: {type: t}
                                        expect:
                                          - {name: a, event: {type: a}, within: 1s}
                                          - {name: b, event: {type: b, service: s}, after: a,
                                             within: '${w}'}
                                        speaks: [{service: s, every: 1s}]
                                        """))
                .hasMessageContaining("within is of an effect; allowed is one of the trigger");
    }

    @Test
    void shouldNotKnowAVariableBeforeTheTrigger() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        name: x
                                        let: {a: trigger.x}
                                        when: {type: t, attributes: {x: '${a}'}}
                                        never: [{name: n, event: {type: n}, within: 1s}]
                                        """))
                .hasMessageContaining("x is ${a}; allowed is a value: none is bound yet");
    }

    @Test
    void shouldKeepTheVersionOfWhatSaysNothingOfIt() {
        Definition<Expectation> definition =
                read(
                        """
                        name: x
                        when: {type: t}
                        expect: [{name: a, event: {type: a}, within: 1s, join: [k]}]
                        never: [{name: b, event: {type: b}, within: 1s}]
                        """);

        assertThat(definition.version()).isEqualTo("36239c47b668");
        assertThat(definition.content().markers()).isEmpty();
        assertThat(definition.content().effects().getFirst().scope()).isEqualTo(Scope.WINDOW);
    }
}
