package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.ModelVerdict.Found;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recording that the model and the engine judge by the same expectations.
 *
 * @param yaml the expectations
 * @param events as they were recorded
 * @param tolerances how exact the world is
 * @param until the log's clock
 */
record Trial(String yaml, List<AuditEvent> events, ModelTolerances tolerances, Instant until) {

    /** The same, looked at when the log's clock is elsewhere. */
    Trial until(Instant other) {
        return new Trial(yaml, events, tolerances, other);
    }

    List<ModelVerdict> ofModel() {
        return ModelVariables.areIn(yaml) ? ofBound() : ofModel(yaml);
    }

    /** Of each trigger by what is expected of it. */
    private List<ModelVerdict> ofBound() {
        return triggers()
                .flatMap(
                        trigger ->
                                ofModel(ModelVariables.bound(yaml, trigger, this::ofModel)).stream()
                                        .filter(each -> each.trigger().equals(trigger.id())))
                .toList();
    }

    private Stream<AuditEvent> triggers() {
        List<Definition<Expectation>> all = Scene.definitions(yaml);
        return events.stream()
                .filter(
                        event ->
                                all.stream()
                                        .anyMatch(each -> each.content().trigger().matches(event)));
    }

    private List<ModelVerdict> ofModel(String text) {
        List<Expectation> expectations =
                Scene.definitions(text).stream().map(Definition::content).toList();
        return VerdictModel.judge(expectations, events, tolerances, until);
    }

    List<Verdict> ofEngine() {
        return OfflineVerdicts.verifyWith(
                        Scene.definitions(yaml), events, tolerances.ofEngine(), Optional.of(until))
                .verdicts();
    }

    /** Where the engine says something else than the model, in words. */
    List<String> differences() {
        return differences(ofModel(), ofEngine());
    }

    static List<String> differences(List<ModelVerdict> model, List<Verdict> engine) {
        Map<String, Verdict> verdicts = new HashMap<>();
        engine.forEach(each -> verdicts.put(each.expectation() + " on " + each.triggerId(), each));
        List<String> differences = new ArrayList<>();
        for (ModelVerdict wanted : model) {
            String name = wanted.expectation() + " on " + wanted.trigger();
            Optional.ofNullable(verdicts.remove(name))
                    .ifPresentOrElse(
                            verdict -> compare(name, wanted, verdict, differences),
                            () -> differences.add(name + " has no verdict"));
        }
        verdicts.keySet().forEach(name -> differences.add(name + " has a verdict too many"));
        return differences;
    }

    private static void compare(
            String name, ModelVerdict wanted, Verdict verdict, List<String> differences) {
        if (wanted.status() != verdict.status()) {
            differences.add(name + " is " + verdict.status() + ", not " + wanted.status());
        }
        if (wanted.isFinal() != verdict.isFinal()) {
            differences.add(name + (wanted.isFinal() ? " is not final" : " is final too early"));
        }
        // Until then the findings are those of when the status changed.
        for (Finding finding : wanted.isFinal() ? verdict.findings() : List.<Finding>of()) {
            compare(name, wanted.parts().get(finding.name()), finding, differences);
        }
        if (verdict.findings().size() != wanted.parts().size()) {
            differences.add(name + " has not " + wanted.parts().size() + " findings");
        }
    }

    private static void compare(
            String name, Found wanted, Finding finding, List<String> differences) {
        String part = name + ": " + finding.name();
        if (wanted.state() != finding.state()) {
            differences.add(part + " is " + finding.state() + ", not " + wanted.state());
        } else if (finding.kind() != Kind.SLA && !names(finding, wanted.decidedBy())) {
            differences.add(part + " does not name " + wanted.decidedBy().map(AuditEvent::id));
        }
    }

    /** Whether a finding names an event, as far as it has room. */
    private static boolean names(Finding finding, Optional<AuditEvent> event) {
        List<String> named = finding.sightings().stream().map(Verdict.Sighting::eventId).toList();
        return named.size() == Finding.MAX_SIGHTINGS
                || event.map(AuditEvent::id).map(named::contains).orElse(true);
    }
}
