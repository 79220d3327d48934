package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Node;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Side;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.Timeline.Entry;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Timelines and chains for people in a terminal.
 *
 * <p>In a timeline {@code ▲} marks a warning and {@code ●} an error, {@code ~} an event that may
 * have happened before the one above it, and {@code *} a time that was corrected. What was caused
 * stands to the right of its cause.
 */
final class Drawing {
    private static final int MAX_INDENT = 20;

    private final Writer out;

    Drawing(Writer out) {
        this.out = out;
    }

    /**
     * Draws a timeline while it is walked through.
     *
     * @param query gives the page token as the caller gets it
     */
    void timeline(Timeline timeline, QueryParameters query, Progress progress) throws IOException {
        if (timeline.hasNext()) {
            entries(timeline, query);
        } else {
            line("no events");
        }
        come(progress);
    }

    /** What is not linked yet may change the picture. */
    private void come(Progress progress) throws IOException {
        if (progress.isBehind()) {
            line("… " + ProgressAnswers.sentence("links", progress));
        }
    }

    private void entries(Timeline timeline, QueryParameters query) throws IOException {
        Entry first = timeline.next();
        Instant start = first.at();
        line(start.toString());
        entry(first, start);
        while (timeline.hasNext()) {
            Entry entry = timeline.next();
            if (entry.afterSilence()) {
                line("            ··· silence of " + span(entry.sincePrevious()));
            }
            entry(entry, start);
        }
        if (!timeline.nextPageToken().isEmpty()) {
            line("… there is more: page_token=" + query.nextPageToken(timeline.nextPageToken()));
        }
        for (var clock : timeline.clocks().clocks()) {
            if (!clock.offset().isZero()) {
                line(
                        "* the clock of "
                                + clock.service()
                                + " is taken to be "
                                + span(clock.offset().abs())
                                + (clock.offset().isNegative() ? " behind" : " ahead of")
                                + " that of "
                                + clock.reference());
            }
        }
        incomplete(timeline.incomplete());
    }

    private void incomplete(List<Omission> omissions) throws IOException {
        for (Omission omission : omissions) {
            line("… incomplete: " + omission.explanation());
        }
    }

    private void entry(Entry entry, Instant start) throws IOException {
        AuditEvent event = entry.event();
        String marks =
                (entry.certain() ? " " : "~")
                        + (entry.isCorrected() ? "*" : " ")
                        + mark(event)
                        + " "
                        + "  ".repeat(Math.min(entry.depth(), MAX_INDENT));
        line(
                "%10s %s%s  %s  %s"
                        .formatted(
                                offset(Duration.between(start, entry.at())),
                                marks,
                                event.type(),
                                event.service(),
                                event.message())
                        .stripTrailing());
    }

    /** Draws a chain as a tree: each event under the one before it on its best path. */
    void chain(CausalChain chain, Progress progress) throws IOException {
        line(title(chain.root()) + "  " + chain.root().occurredAt());
        side(chain, Side.EFFECT, "effects");
        side(chain, Side.CAUSE, "causes");
        incomplete(chain.incomplete());
        come(progress);
    }

    private void side(CausalChain chain, Side side, String heading) throws IOException {
        Map<String, List<Node>> below = new HashMap<>();
        for (Node node : chain.nodes()) {
            if (node.side() == side) {
                node.via()
                        .map(via -> side == Side.EFFECT ? via.causeId() : via.effectId())
                        .ifPresent(
                                id -> below.computeIfAbsent(id, i -> new ArrayList<>()).add(node));
            }
        }
        if (!below.isEmpty()) {
            line(heading);
            nodes(below, chain.root().id(), "");
        }
    }

    private void nodes(Map<String, List<Node>> below, String id, String indent) throws IOException {
        List<Node> nodes = below.getOrDefault(id, List.of());
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean last = i == nodes.size() - 1;
            line(
                    indent
                            + (last ? "└─ " : "├─ ")
                            + offset(node.delay())
                            + "  "
                            + node.event().map(Drawing::title).orElse(node.eventId())
                            + "  · "
                            + node.via().map(Drawing::reason).orElse("")
                            + confidence(node)
                            + alternatives(node));
            boolean deep = indent.length() >= 3 * MAX_INDENT;
            nodes(below, node.eventId(), deep ? indent : indent + (last ? "   " : "│  "));
        }
    }

    /** What senders told must not steer the terminal. */
    private void line(String text) throws IOException {
        out.write(PrintableText.line(text));
        out.write('\n');
    }

    private static String title(AuditEvent event) {
        return (event.type() + "  " + event.service() + "  " + event.message()).strip();
    }

    private static String reason(Link link) {
        String name =
                link.rule().isEmpty()
                        ? LinkJson.word(link.kind())
                        : LinkJson.word(link.kind()) + " " + link.rule();
        return link.evidence().isEmpty() ? name : name + ": " + link.evidence();
    }

    private static String confidence(Node node) {
        return String.format(Locale.ROOT, ", confidence %.2f", node.confidence());
    }

    private static String alternatives(Node node) {
        int count = node.alternatives().size();
        return switch (count) {
            case 0 -> "";
            case 1 -> ", 1 other cause possible";
            default -> ", " + count + " other causes possible";
        };
    }

    private static String mark(AuditEvent event) {
        return switch (event.severity()) {
            case DEBUG, INFO -> " ";
            case WARNING -> "▲";
            case ERROR, CRITICAL -> "●";
        };
    }

    private static String offset(Duration delay) {
        return (delay.isNegative() ? "-" : "+") + span(delay.abs());
    }

    private static String span(Duration duration) {
        double seconds = LinkJson.seconds(duration);
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.3f s", seconds);
        }
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                duration.toHours(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
    }
}
