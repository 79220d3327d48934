package io.tradingecosystem.audit.demo;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.demo.Chain.Step;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The terminal: plain text, with colour where somebody looks. The codes of colours are its own;
 * whatever text it is given is made printable.
 */
final class Screen {
    private static final int WIDTH = 96;

    private final PrintStream out;
    private final boolean colour;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void heading(String title) {
        line("");
        painted(paint(Ink.BOLD, title) + " " + "─".repeat(Math.max(3, WIDTH - title.length())));
    }

    void line(String text) {
        painted(plain(text));
    }

    /** Bytes, as a stream for people would not let the codes of colours through. */
    private void painted(String text) {
        out.writeBytes((text + System.lineSeparator()).getBytes(out.charset()));
        out.flush();
    }

    /** One event of the timeline. */
    void event(AuditEvent event, Instant start) {
        String mark =
                switch (event.severity()) {
                    case DEBUG, INFO -> " ";
                    case WARNING -> "▲";
                    case ERROR, CRITICAL -> "●";
                };
        String text =
                "%10s  %s %-22s %-24s %s"
                        .formatted(
                                offset(Duration.between(start, event.occurredAt())),
                                mark,
                                event.service(),
                                event.type(),
                                event.message());
        painted(paint(ink(event.severity()), text.stripTrailing()));
    }

    /** A causal chain, as a tree. */
    void chain(Step root) {
        painted("  " + paint(Ink.BOLD, root.type()) + "  " + plain(root.message()));
        steps(root.next(), "  ");
    }

    private void steps(List<Step> steps, String indent) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean last = i == steps.size() - 1;
            String text =
                    indent
                            + (last ? "└─ " : "├─ ")
                            + paint(Ink.BOLD, offset(step.delay()))
                            + "  "
                            + paint(ink(step.severity()), step.type())
                            + "  "
                            + plain(step.message())
                            + paint(Ink.DIM, "  · " + step.why());
            painted(text);
            steps(step.next(), indent + (last ? "   " : "│  "));
        }
    }

    /** A verdict with what it rests on. */
    void verdict(Verdict verdict) {
        String status = " " + verdict.status() + " ";
        painted(
                paint(ink(verdict.status()), status)
                        + "  "
                        + paint(Ink.BOLD, verdict.expectation())
                        + (verdict.critical() ? paint(Ink.DIM, "  critical") : ""));
        for (Finding finding : verdict.findings()) {
            painted(
                    "     "
                            + paint(ink(finding.state()), mark(finding.state()))
                            + " "
                            + plain(finding.name() + " " + finding.reason()));
        }
    }

    private static String mark(State state) {
        return switch (state) {
            case MET -> "✓";
            case MISSED -> "✗";
            case OPEN -> "…";
            case UNCERTAIN -> "?";
        };
    }

    static String offset(Duration delay) {
        double seconds = delay.toMillis() / 1e3;
        return Math.abs(seconds) < 100
                ? String.format(Locale.ROOT, "%+.2f s", seconds)
                : String.format(Locale.ROOT, "%+.0f s", seconds);
    }

    private static Ink ink(Severity severity) {
        return switch (severity) {
            case DEBUG -> Ink.DIM;
            case INFO -> Ink.PLAIN;
            case WARNING -> Ink.YELLOW;
            case ERROR, CRITICAL -> Ink.RED;
        };
    }

    private static Ink ink(Status status) {
        return switch (status) {
            case PASSED -> Ink.ON_GREEN;
            case FAILED -> Ink.ON_RED;
            case PENDING, INCONCLUSIVE -> Ink.ON_YELLOW;
        };
    }

    private static Ink ink(State state) {
        return switch (state) {
            case MET -> Ink.GREEN;
            case MISSED -> Ink.RED;
            case OPEN, UNCERTAIN -> Ink.YELLOW;
        };
    }

    private String paint(Ink ink, String text) {
        String plain = plain(text);
        return colour && ink != Ink.PLAIN
                ? "\u001b[" + ink.code + "m" + plain + "\u001b[0m"
                : plain;
    }

    private static String plain(String text) {
        return PrintableText.line(text);
    }

    /** How text looks, by the codes of ECMA-48 (SGR). */
    private enum Ink {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        ON_RED("1;97;41"),
        ON_GREEN("1;97;42"),
        ON_YELLOW("1;30;43");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }
}
