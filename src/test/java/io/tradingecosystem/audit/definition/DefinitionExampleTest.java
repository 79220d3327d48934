package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Examples in comments of {@code definition}. */
class DefinitionExampleTest {

    @Test
    void shouldReadWhichEventsAreMeant() {
        AuditEvent event =
                AuditEvent.builder("market-data-simulator", "market.price.shock")
                        .severity(Severity.WARNING)
                        .build();
        // @start region="pattern"
        List<String> problems = new ArrayList<>();
        DefinitionNode node =
                DefinitionNode.parse("example", "{service: 'market-*', severity: info}", problems);
        boolean meant = EventPattern.read(node).matches(event);
        // @end
        assertThat(problems).isEmpty();
        assertThat(meant).isTrue();
    }
}
