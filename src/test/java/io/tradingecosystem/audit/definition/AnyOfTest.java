package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A pattern of which one of several is to fit. */
class AnyOfTest {
    private final List<String> problems = new ArrayList<>();

    private EventPattern read(String yaml) {
        return EventPattern.read(DefinitionNode.parse("a.yaml", yaml, problems));
    }

    @ParameterizedTest
    @CsvSource({
        "oms, order.filled, true",
        "oms, order.rejected, true",
        "oms, order.placed, false",
        "venue, order.filled, false"
    })
    void shouldFitWhatFitsItselfAndOneOfThem(String service, String type, boolean fits) {
        EventPattern pattern =
                read("{service: oms, any-of: [{type: order.filled}, {type: order.rej*}]}");

        assertThat(problems).isEmpty();
        assertThat(pattern.matches(AuditEvent.builder(service, type).build())).isEqualTo(fits);
    }

    @Test
    void shouldHaveTheTypesAndServicesOfAllOfThem() {
        EventPattern pattern = read("any-of: [{service: a, type: x}, {service: b, type: [y, z]}]");

        assertThat(pattern.allTypes()).extracting(Glob::text).containsExactly("x", "y", "z");
        assertThat(pattern.allServices()).extracting(Glob::text).containsExactly("a", "b");
        assertThat(read("any-of: [{type: x}, {service: b}]").allTypes()).isEmpty();
        assertThat(read("any-of: [{type: x}, {service: b}]").allServices()).isEmpty();
        assertThat(read("{type: x, any-of: [{type: x}, {service: b}]}").allTypes())
                .extracting(Glob::text)
                .containsExactly("x");
    }

    @Test
    void shouldRefuseWhatIsEmptyNestedOrTooMuch() {
        read("any-of: []");
        read("any-of: [{any-of: [{type: a}]}]");
        read("any-of: [" + String.join(",", Collections.nCopies(21, "{type: a}")) + "]");

        assertThat(problems).hasSize(3);
        assertThat(problems.get(0)).contains("any-of is empty; allowed is a list of patterns");
        assertThat(problems.get(1)).contains("any-of[0].any-of is not known");
        assertThat(problems.get(2)).contains("any-of has 21 patterns; allowed is at most 20");
    }

    @Test
    void shouldWarnWhereOneFitsEveryEvent() {
        DefinitionNode node =
                DefinitionNode.parse("a.yaml", "any-of: [{type: '*'}, {type: a}]", problems);
        EventPattern.read(node);

        assertThat(node.notes().takeWarnings()).anyMatch(each -> each.contains("fits every event"));
    }
}
