package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Verdicts as lines for people. */
final class TextReport {
    private final Writer out;

    private TextReport(Writer out) {
        this.out = out;
    }

    /** Writes it, and reads verdicts that are not held one by one. */
    static void write(Report report, Writer out) throws IOException {
        TextReport text = new TextReport(out);
        text.links(report.links());
        for (ShownVerdict each : report.verdicts()) {
            text.verdict(each.read().get());
        }
        text.remarks(report);
        text.evidence(report.evidence());
        out.write(results(report.outcome()) + "\n");
    }

    private void links(List<Link> links) throws IOException {
        for (Link link : links) {
            line(
                    "%s -> %s  after %s  %s  %s"
                            .formatted(
                                    link.causeId(),
                                    link.effectId(),
                                    Spoken.of(link.delay()),
                                    link.confidence(),
                                    link.rule().isEmpty() ? link.evidence() : link.rule()));
        }
        if (!links.isEmpty()) {
            out.write("\n");
        }
    }

    private void verdict(Verdict verdict) throws IOException {
        line(
                "%s  %s%s%s"
                        .formatted(
                                verdict.status(),
                                verdict.expectation(),
                                verdict.critical() ? "  (critical)" : "",
                                verdict.scenarioId().isEmpty()
                                        ? ""
                                        : "  in " + verdict.scenarioId()));
        line("    trigger %s at %s".formatted(verdict.triggerId(), verdict.triggeredAt()));
        for (Finding finding : verdict.findings()) {
            line("    %s %s %s".formatted(mark(finding.state()), finding.name(), finding.reason()));
        }
    }

    private void remarks(Report report) throws IOException {
        Outcome outcome = report.outcome();
        if (!outcome.unexercised().isEmpty()) {
            line("never exercised: %s".formatted(String.join(", ", outcome.unexercised())));
        }
        alerts(report.unexplainedAlerts());
        if (!outcome.conflicts().isEmpty()) {
            line("%s%s".formatted(Reports.CONFLICT, String.join(", ", outcome.conflicts())));
        }
        for (Omission omission : outcome.incomplete()) {
            line("incomplete: %s".formatted(omission.explanation()));
        }
    }

    private void evidence(Completeness evidence) throws IOException {
        if (evidence.judged() > 0) {
            line(evidence.clause());
        }
    }

    private void alerts(List<AuditEvent> alerts) throws IOException {
        if (!alerts.isEmpty()) {
            out.write("alerts without a scenario or cause (false-positive candidates):\n");
        }
        for (AuditEvent alert : alerts) {
            line(
                    "  %s  %s  %s  %s"
                            .formatted(
                                    alert.occurredAt(), alert.service(), alert.type(), alert.id()));
        }
    }

    private static String results(Outcome outcome) {
        if (outcome.total() == 0) {
            return "no trigger occurred";
        }
        return Arrays.stream(Status.values())
                .filter(status -> outcome.count(status) > 0)
                .map(status -> outcome.count(status) + " " + status)
                .collect(Collectors.joining("  "));
    }

    /** What senders say must not look like a line of ours. */
    private void line(String line) throws IOException {
        out.write(PrintableText.line(line) + "\n");
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
