package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;

/** Rules that the log has from another version. */
class RecordedRulesTest {
    private static final String FROM_ANOTHER_VERSION =
            """
            {"name": "Shock halts", "trigger": {"type": "shock", "zone": "x"},
             "effect": {"type": "halt"}, "within": "40h", "typical": "50h", "colour": "red",
             "min-confidence": 1, "join": [%s]}
            """
                    .formatted(String.join(", ", Collections.nCopies(11, "\"scenario_id\"")));

    private static final String BEYOND_UNDERSTANDING =
            """
            {"name": "odd", "trigger": {"type": "shock", "attributes": {"loss": {"around": 3}}},
             "effect": {"type": "halt"}, "within": "30s"}
            """;

    private static Rule recorded(String text) {
        return RuleReader.KIND.readRecorded("event", text, Definition.FILE).content();
    }

    private static AuditEvent event(String definition) {
        return AuditEvent.own("audit", LinkEvents.RULE)
                .attribute("name", "any")
                .attribute("definition", definition)
                .build();
    }

    @Test
    void shouldReadWhatNewRulesAreRefusedFor() {
        Rule rule = recorded(FROM_ANOTHER_VERSION);

        assertThat(rule.name()).isEqualTo("Shock halts");
        assertThat(rule.within()).isEqualTo(Duration.ofHours(40));
        assertThat(rule.typical()).contains(Duration.ofHours(50));
        assertThat(rule.join()).hasSize(11);
        assertThatThrownBy(
                        () ->
                                RuleReader.KIND.readOne(
                                        "event", FROM_ANOTHER_VERSION, Definition.FILE))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("colour is not known")
                .hasMessageContaining("join has 11 keys")
                .hasMessageContaining("within is \"40h\"");
    }

    @Test
    void shouldNotGuessWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> recorded(BEYOND_UNDERSTANDING))
                .hasMessageContaining("trigger.attributes.loss.around is not known");
        assertThatThrownBy(() -> recorded("{\"name\": \"bare\", \"within\": \"1s\"}"))
                .hasMessageContaining("trigger is missing");
        assertThatThrownBy(() -> recorded(Trail.RULE.replace("30s", "999999d")))
                .hasMessageContaining("within is");
    }

    @Test
    void shouldLinkByARuleOfTheLogThatIsPastALimitOfToday() {
        Trail trail = Trail.of(Trail.BOUNDS);
        trail.come(event(FROM_ANOTHER_VERSION.replace("\"min-confidence\": 1", "\"x\": 1")));
        trail.come(
                Trail.event("shock", "c", 0, "run"),
                Trail.event("halt", "e", Duration.ofHours(39).toSeconds(), "run"));

        assertThat(trail.pairs()).containsExactly("c>e");
        assertThat(trail.linker().writer().counters().refused).isZero();
    }

    @Test
    void shouldOpenThoughARuleInForceCannotBeUnderstood() {
        Trail trail = Trail.of(Trail.RULE);
        Projection projection = trail.store().projection("correlation");
        byte[] odd = new ByteWriter(64).text("old-event").text(BEYOND_UNDERSTANDING).bytes();
        projection.commit(projection.position(), changes -> changes.put(LinkKeys.rule(7), odd));

        trail.crash();
        trail.come(Trail.event("shock", "c", 0, "run"), Trail.event("halt", "e", 1, "run"));
        trail.crash();

        assertThat(trail.pairs()).containsExactly("c>e");
        assertThat(trail.linker().writer().counters().refused).isEqualTo(1);
        assertThat(projection.get(LinkKeys.rule(7))).isEmpty();
        assertThat(trail.linker().rules().inForceSince(0)).hasSize(1);
    }
}
