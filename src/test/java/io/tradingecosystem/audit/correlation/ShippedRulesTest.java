package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionSource;
import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.json.EventJsonReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shipped rules on the recorded runs, of which it is known what caused what. */
class ShippedRulesTest {
    private static final Path DEMO = Path.of("src/demo");

    @ParameterizedTest
    @ValueSource(strings = {"depeg", "depeg-late", "market-crash", "settlement-delay", "quiet-day"})
    void shouldFindEveryCauseAndNothingThatIsNone(String run) throws IOException {
        Trail trail =
                Trail.of(
                        LinkBounds.DEFAULT,
                        new DefinitionSource<>(RuleReader.KIND, Optional.empty())
                                .read().stream().map(Definition::text).toArray(String[]::new));
        trail.come(events(run).toArray(AuditEvent[]::new));
        Map<String, Set<String>> truth = truth(run);

        List<String> missing = new ArrayList<>();
        truth.forEach(
                (effect, causes) ->
                        causes.stream()
                                .map(cause -> cause + ">" + effect)
                                .filter(pair -> !trail.pairs().contains(pair))
                                .forEach(missing::add));
        assertThat(missing).as("causes that were not found").isEmpty();
        assertThat(trail.links())
                .as("links that skip steps of the truth at most")
                .allMatch(link -> ancestors(truth, link.effectId()).contains(link.causeId()));
    }

    private static List<AuditEvent> events(String run) throws IOException {
        InstantSource late = InstantSource.fixed(Instant.parse("2200-01-01T00:00:00Z"));
        Admission admission =
                new Admission(
                        EventLimits.DEFAULT,
                        EventAliases.of(EventAliases.DEFAULT_NAMES, EventAliases.DEFAULT_SERVICES),
                        new EventIds(late, () -> 0),
                        late);
        List<AuditEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(DEMO.resolve(run + ".ndjson"))) {
            byte[] text = line.getBytes(StandardCharsets.UTF_8);
            Admission.Result result =
                    admission.admit(new EventJsonReader().read(text, 0, text.length));
            events.add(((Admission.Result.Admitted) result).event());
        }
        return events;
    }

    private static Map<String, Set<String>> truth(String run) throws IOException {
        Map<String, Set<String>> causes = new HashMap<>();
        for (String line : Files.readAllLines(DEMO.resolve(run + ".truth.ndjson"))) {
            JsonNode pair = new ObjectMapper().readTree(line);
            causes.computeIfAbsent(pair.required("effect").asText(), e -> new HashSet<>())
                    .add(pair.required("cause").asText());
        }
        return causes;
    }

    private static Set<String> ancestors(Map<String, Set<String>> truth, String event) {
        Set<String> ancestors = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(event));
        while (!left.isEmpty()) {
            for (String cause : truth.getOrDefault(left.pop(), Set.of())) {
                if (ancestors.add(cause)) {
                    left.push(cause);
                }
            }
        }
        return ancestors;
    }
}
