package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.projection.DecisionSettings;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.store.MemoryStore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges a bundle again, from its events alone. */
public final class EvidenceJudge {
    private EvidenceJudge() {}

    /**
     * What came of it.
     *
     * @param recorded the verdict in the bundle
     * @param again the verdict as it is judged now; absent if its trigger or its expectation is not
     *     in the bundle
     * @param differences in clauses for people; empty if both say the same
     */
    public record Outcome(JsonNode recorded, Optional<Verdict> again, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Judges again.
     *
     * @param place the bundle's name
     * @throws InvalidRecordingException if it was made by other semantics
     */
    public static Outcome judge(EvidenceBundle bundle, String place) {
        if (bundle.semantics() != Referee.SEMANTICS) {
            throw InvalidRecordingException.at(
                    place,
                    "was judged by semantics %d, and this program judges by %d"
                            .formatted(bundle.semantics(), Referee.SEMANTICS));
        }
        Optional<Verdict> again =
                judged(bundle, place).stream()
                        .filter(verdict -> verdict.id().equals(bundle.verdictId()))
                        .findFirst();
        return new Outcome(bundle.verdict(), again, differences(bundle.verdict(), again));
    }

    private static List<Verdict> judged(EvidenceBundle bundle, String place) {
        MemoryStore log = log(bundle);
        return OfflineVerdicts.replay(log, log, tolerances(bundle, place), until(bundle))
                .verdicts();
    }

    private static MemoryStore log(EvidenceBundle bundle) {
        Instant[] time = {Instant.EPOCH};
        MemoryStore store = MemoryStore.create(() -> time[0], Set.of());
        for (AuditEvent event : bundle.events()) {
            time[0] = event.recordedAt();
            store.append(List.of(event.toBuilder().position(0).build()));
        }
        return store;
    }

    private static Tolerances tolerances(EvidenceBundle bundle, String place) {
        DecisionSettings said = DecisionSettings.of("scenario");
        for (var each : bundle.settings().properties()) {
            said = said.with(each.getKey(), each.getValue().asText());
        }
        return VerdictSettings.read(said, Tolerances.DEFAULT, VerdictBounds.DEFAULT)
                .map(VerdictSettings::tolerances)
                .orElseThrow(
                        () -> InvalidRecordingException.at(place + ":1", "has unusable settings"));
    }

    /** What is not final yet is judged as of the last that the bundle knows. */
    private static Instant until(EvidenceBundle bundle) {
        return bundle.verdict().path("final").asBoolean()
                ? Instant.MAX
                : bundle.events().stream()
                        .map(AuditEvent::recordedAt)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH);
    }

    private static List<String> differences(ObjectNode recorded, Optional<Verdict> again) {
        if (again.isEmpty()) {
            return List.of("it cannot be judged again without its trigger and its expectation");
        }
        JsonNode now = VerdictJson.write(again.get());
        List<String> differences = new ArrayList<>();
        compare("status", recorded.path("status"), now.path("status"), differences);
        if (recorded.path("final").asBoolean()) {
            findings(recorded.path("findings"), now.path("findings"), differences);
        }
        return differences;
    }

    private static void findings(JsonNode recorded, JsonNode now, List<String> differences) {
        compare("number of findings", size(recorded), size(now), differences);
        for (int i = 0; i < Math.min(recorded.size(), now.size()); i++) {
            String name = recorded.get(i).path("name").asText();
            for (String member : List.of("name", "kind", "state", "limit", "at", "sightings")) {
                compare(
                        name + " " + member,
                        recorded.get(i).path(member),
                        now.get(i).path(member),
                        differences);
            }
        }
    }

    private static JsonNode size(JsonNode list) {
        return IntNode.valueOf(list.size());
    }

    /** As text, since a number that was read may be of another type than one that is written. */
    private static void compare(
            String what, JsonNode recorded, JsonNode now, List<String> differences) {
        if (!recorded.toString().equals(now.toString())) {
            differences.add("%s was %s, is %s".formatted(what, recorded, now));
        }
    }
}
