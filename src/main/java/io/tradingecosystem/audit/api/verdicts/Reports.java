package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Verdicts as a report: JSON for programs, JUnit XML for CI pipelines, text for people. */
public final class Reports {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What is wrong with a recording in which an id names two events; the ids follow. */
    static final String CONFLICT =
            "conflict: an id names events with different contents, of which the first counts: ";

    private Reports() {}

    /** The form of a report. */
    public enum Form {
        JSON,
        JUNIT,
        TEXT
    }

    /** Writes a report. */
    public static String write(Outcome outcome, Form form) {
        return switch (form) {
            case JSON -> print(json(outcome, outcome.unexplainedAlerts()));
            case JUNIT -> JUnitReport.write(outcome);
            case TEXT -> text(outcome, outcome.unexplainedAlerts());
        };
    }

    /**
     * Writes a report that also tells what caused what; JUnit's form has no place for it. An alert
     * with a cause is no candidate for a false positive.
     */
    public static String write(Outcome outcome, List<Link> links, Form form) {
        List<AuditEvent> alerts = unlinked(outcome.unexplainedAlerts(), links);
        return switch (form) {
            case JSON -> {
                ObjectNode report = json(outcome, alerts);
                var list = report.putArray("links");
                links.forEach(link -> list.add(json(link)));
                yield print(report);
            }
            case JUNIT -> JUnitReport.write(outcome);
            case TEXT -> text(links) + text(outcome, alerts);
        };
    }

    private static List<AuditEvent> unlinked(List<AuditEvent> alerts, List<Link> links) {
        Set<String> effects = links.stream().map(Link::effectId).collect(Collectors.toSet());
        return alerts.stream().filter(alert -> !effects.contains(alert.id())).toList();
    }

    private static ObjectNode json(Link link) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cause_id", link.causeId())
                .put("effect_id", link.effectId())
                .put("kind", link.kind().name())
                .put("rule", link.rule())
                .put("delay", VerdictJson.seconds(link.delay()))
                .put("confidence", link.confidence())
                .put("evidence", link.evidence());
    }

    private static String text(List<Link> links) {
        StringBuilder text = new StringBuilder();
        for (Link link : links) {
            line(
                    text,
                    "%s -> %s  after %s  %s  %s"
                            .formatted(
                                    link.causeId(),
                                    link.effectId(),
                                    Spoken.of(link.delay()),
                                    link.confidence(),
                                    link.rule().isEmpty() ? link.evidence() : link.rule()));
        }
        return links.isEmpty() ? "" : text.append('\n').toString();
    }

    private static ObjectNode json(Outcome outcome, List<AuditEvent> unexplained) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("status", outcome.status().name());
        ObjectNode counts = node.putObject("results");
        for (Status status : Status.values()) {
            counts.put(status.name(), outcome.count(status));
        }
        var verdicts = node.putArray("verdicts");
        outcome.verdicts().forEach(verdict -> verdicts.add(VerdictJson.write(verdict)));
        var unexercised = node.putArray("unexercised");
        outcome.unexercised().forEach(unexercised::add);
        var alerts = node.putArray("false_positive_candidates");
        for (AuditEvent alert : unexplained) {
            alerts.addObject()
                    .put("event_id", alert.id())
                    .put("service", alert.service())
                    .put("type", alert.type())
                    .put("occurred_at", alert.occurredAt().toString());
        }
        if (!outcome.conflicts().isEmpty()) {
            var conflicts = node.putArray("conflicts");
            outcome.conflicts().forEach(conflicts::add);
        }
        Incomplete.write(outcome.incomplete(), node);
        return node;
    }

    private static String print(ObjectNode node) {
        try {
            return PrintableText.lines(JSON.writeValueAsString(node)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Outcome outcome, List<AuditEvent> unexplained) {
        StringBuilder text = new StringBuilder();
        outcome.verdicts().forEach(verdict -> append(text, verdict));
        if (!outcome.unexercised().isEmpty()) {
            line(text, "never exercised: %s".formatted(String.join(", ", outcome.unexercised())));
        }
        if (!unexplained.isEmpty()) {
            text.append("alerts without a scenario or cause (false-positive candidates):\n");
            unexplained.forEach(
                    alert ->
                            line(
                                    text,
                                    "  %s  %s  %s  %s"
                                            .formatted(
                                                    alert.occurredAt(),
                                                    alert.service(),
                                                    alert.type(),
                                                    alert.id())));
        }
        if (!outcome.conflicts().isEmpty()) {
            line(text, "%s%s".formatted(CONFLICT, String.join(", ", outcome.conflicts())));
        }
        for (Omission omission : outcome.incomplete()) {
            line(text, "incomplete: %s".formatted(omission.explanation()));
        }
        for (Status status : Status.values()) {
            if (outcome.count(status) > 0) {
                text.append(outcome.count(status)).append(' ').append(status).append("  ");
            }
        }
        return text.append(outcome.total() == 0 ? "no trigger occurred" : "")
                        .toString()
                        .stripTrailing()
                + "\n";
    }

    private static void append(StringBuilder text, Verdict verdict) {
        line(
                text,
                "%s  %s%s%s"
                        .formatted(
                                verdict.status(),
                                verdict.expectation(),
                                verdict.critical() ? "  (critical)" : "",
                                verdict.scenarioId().isEmpty()
                                        ? ""
                                        : "  in " + verdict.scenarioId()));
        line(text, "    trigger %s at %s".formatted(verdict.triggerId(), verdict.triggeredAt()));
        for (Finding finding : verdict.findings()) {
            line(
                    text,
                    "    %s %s %s"
                            .formatted(mark(finding.state()), finding.name(), finding.reason()));
        }
    }

    /** What senders say must not look like a line of ours. */
    private static void line(StringBuilder text, String line) {
        text.append(PrintableText.line(line)).append('\n');
    }

    private static String mark(State state) {
        return switch (state) {
            case MET -> "ok";
            case MISSED -> "NO";
            case OPEN -> "..";
            case UNCERTAIN -> "??";
        };
    }
}
