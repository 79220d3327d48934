package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is found by type and attribute is all that fits, in its order, and little else. */
class DispatchProperties {
    private static final String[] WANTED = {
        "type: a",
        "type: [a, b]",
        "type: 'a*'",
        "attributes: {x: '1'}",
        "type: a, attributes: {x: ['1', '2']}",
        "type: a, attributes: {x: {in: ['2'], exists: true}, y: '1'}",
        "type: b, attributes: {y: {like: '1*'}}",
        "service: s, attributes: {x: {exists: false}}",
        "any-of: [{type: a}, {type: [b, c], attributes: {x: '1'}}]",
        "any-of: [{type: 'a*'}, {type: c}]",
        "any-of: [{service: s, type: a}, {attributes: {y: '1'}}]",
        "type: [a, b], any-of: [{service: s}, {type: b}], attributes: {x: '1'}"
    };

    @Property(tries = 300)
    void shouldFindWhatFits(@ForAll long seed) {
        Random random = new Random(seed);
        List<EventPattern> patterns = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            patterns.add(pattern(WANTED[random.nextInt(WANTED.length)]));
        }
        Dispatch<EventPattern> dispatch = Dispatch.of(patterns, pattern -> pattern);
        for (int i = 0; i < 10; i++) {
            AuditEvent event = event(random);
            assertThat(dispatch.to(event).stream().filter(each -> each.matches(event)))
                    .containsExactlyElementsOf(
                            patterns.stream().filter(each -> each.matches(event)).toList());
        }
    }

    @Example
    void shouldPassOverWhatWantsAnotherValue() {
        List<EventPattern> patterns = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            patterns.add(pattern("type: a, attributes: {x: '" + i + "'}"));
        }
        Dispatch<EventPattern> dispatch = Dispatch.of(patterns, pattern -> pattern);
        AuditEvent event = AuditEvent.builder("s", "a").attribute("x", "7").build();

        assertThat(dispatch.to(event)).containsExactly(patterns.get(7));
        assertThat(dispatch.to(AuditEvent.builder("s", "a").build())).isEmpty();
    }

    @Example
    void shouldPassOverTypesThatNoAlternativeWants() {
        EventPattern either = pattern("any-of: [{type: a}, {type: b}]");
        Dispatch<EventPattern> dispatch = Dispatch.of(List.of(either), pattern -> pattern);

        assertThat(dispatch.to(AuditEvent.builder("s", "b").build())).containsExactly(either);
        assertThat(dispatch.to(AuditEvent.builder("s", "c").build())).isEmpty();
    }

    private static AuditEvent event(Random random) {
        var event =
                AuditEvent.builder(
                        random.nextBoolean() ? "s" : "r",
                        List.of("a", "b", "ab", "c").get(random.nextInt(4)));
        if (random.nextBoolean()) {
            event.attribute("x", (long) random.nextInt(3));
        }
        if (random.nextBoolean()) {
            event.attribute("y", "1");
        }
        return event.build();
    }

    private static EventPattern pattern(String yaml) {
        List<String> problems = new ArrayList<>();
        EventPattern pattern =
                EventPattern.read(DefinitionNode.parse("test", "{" + yaml + "}", problems));
        assertThat(problems).isEmpty();
        return pattern;
    }
}
