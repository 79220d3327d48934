package io.tradingecosystem.audit.scenario.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;

/** Expectations that the log has from another version. */
class RecordedExpectationTest {
    private static final String NEVER =
            "{\"name\": \"n%d\", \"event\": {\"type\": \"x\"}, \"within\": \"1s\"}";

    private static Expectation recorded(String text) {
        return ExpectationReader.KIND.readRecorded("event", text, Definition.API).content();
    }

    @Test
    void shouldReadWhatNewOnesAreRefusedFor() {
        String text =
                """
                {"name": "trade", "owner": "desk", "when": {},
                 "expect": [{"name": "filled", "event": {"type": "filled"}, "within": "30h",
                             "at-least": 300, "weight": 2}]}
                """;

        Expectation.Effect filled = recorded(text).effects().getFirst();

        assertThat(filled.min()).isEqualTo(300);
        assertThat(filled.within()).isEqualTo(Duration.ofHours(30));
        assertThatThrownBy(() -> ExpectationReader.KIND.readOne("event", text, Definition.API))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("owner is not known")
                .hasMessageContaining("expect[0].weight is not known")
                .hasMessageContaining("at-least is 300")
                .hasMessageContaining("when is empty");
    }

    @Test
    void shouldReadMorePartsThanNewOnesMayHave() {
        StringBuilder parts = new StringBuilder(NEVER.formatted(0));
        Collections.nCopies(60, NEVER)
                .forEach(each -> parts.append(", ").append(each.formatted(parts.length())));

        String text =
                "{\"name\": \"many\", \"when\": {\"type\": \"t\"}, \"never\": [" + parts + "]}";

        assertThat(recorded(text).forbidden()).hasSize(61);
    }

    @Test
    void shouldNotGuessWhatItDoesNotUnderstand() {
        assertThatThrownBy(
                        () ->
                                recorded(
                                        """
                                        {"name": "odd", "when": {"type": "t"},
                                         "expect": [{"name": "a", "event": {"type": "a"},
                                                     "within": "5 o'clock", "at-least": "some"}],
                                         "sla": [{"name": "s", "to": "b", "within": "1s"}]}
                                        """))
                .hasMessageContaining("expect[0].within is")
                .hasMessageContaining("expect[0].at-least is")
                .hasMessageContaining("sla[0].to is b");
    }
}
