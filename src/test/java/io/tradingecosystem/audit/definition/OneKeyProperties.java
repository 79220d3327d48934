package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A search finds exactly what a join matches, and what a condition says is equal. */
class OneKeyProperties {
    @Provide
    Arbitrary<AttributeValue> values() {
        Arbitrary<AttributeValue> texts =
                Arbitraries.of(
                                "17",
                                "17.0",
                                "1.7e1",
                                "0017",
                                "seventeen",
                                "-0",
                                "0.5",
                                ".5",
                                "1e400",
                                "10e399",
                                "9007199254740993",
                                "9007199254740993.0",
                                "true")
                        .map(AttributeValue.Text::new);
        Arbitrary<AttributeValue> wholes =
                Arbitraries.of(0L, 17L, 9007199254740992L, 9007199254740993L)
                        .map(AttributeValue.Whole::new);
        Arbitrary<AttributeValue> reals =
                Arbitraries.of(0.0, -0.0, 17.0, 0.5, 9007199254740992.0)
                        .map(AttributeValue.Real::new);
        Arbitrary<AttributeValue> flags = Arbitraries.of(true).map(AttributeValue.Flag::new);
        return Arbitraries.oneOf(List.of(texts, wholes, reals, flags));
    }

    @Property
    void shouldAgree(@ForAll("values") AttributeValue one, @ForAll("values") AttributeValue other) {
        AuditEvent first = event("first", one);
        AuditEvent second = event("second", other);
        JoinKey key = JoinKey.of("k");
        boolean joined = key.joins(first, second);

        assertThat(equal(one, other)).isEqualTo(joined);
        assertThat(found(first, other.asText())).isEqualTo(joined);
        assertThat(
                        JoinHash.ofCause(List.of(key), first)
                                .equals(JoinHash.ofEffect(List.of(key), second)))
                .isEqualTo(joined);
        assertThat(isNeither(one, other)).isEqualTo(joined && Decimal.of(one).isPresent());
    }

    private static AuditEvent event(String id, AttributeValue value) {
        return AuditEvent.builder("s", "t")
                .id(id)
                .occurredAt(Instant.EPOCH)
                .attribute("k", value)
                .build();
    }

    private static boolean equal(AttributeValue value, AttributeValue wanted) {
        return conditions("equals", "'" + wanted.asText() + "'").holds(Optional.of(value));
    }

    private static Condition conditions(String name, String value) {
        String text = "{k: {" + name + ": " + value + "}}";
        DefinitionNode node = DefinitionNode.recorded("test", text, new ArrayList<>());
        return Conditions.read(node, "k", PatternVariables.NONE).getFirst();
    }

    /** Whether a number is neither above nor below another. */
    private static boolean isNeither(AttributeValue value, AttributeValue limit) {
        return Decimal.of(limit)
                .flatMap(number -> Decimal.of(value).map(actual -> actual.compareTo(number) == 0))
                .orElse(false);
    }

    private static boolean found(AuditEvent event, String asked) {
        MemoryStore store = MemoryStore.create(() -> Instant.EPOCH, Set.of("k"));
        store.append(List.of(event));
        var key = new Selection.Key.Business("k", asked);
        return !store.find(Query.of(Selection.of(key), 10)).events().isEmpty();
    }
}
