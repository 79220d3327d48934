package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A minute of Nezha's data as events, in the way in which spans and logs of OTLP become events: a
 * span's name is its type, a log record lies within its span and has its words as message.
 */
final class NezhaWindow {
    private static final String SPAN_ID = "SpanID: ";
    private static final int SPAN_ID_LENGTH = SPAN_ID.length() + 16;

    private NezhaWindow() {}

    /** The events of a window, as those of a run. */
    static List<AuditEvent> read(Path day, String minute, String run) throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        for (List<String> row : csv(day.resolve("trace/" + minute + "_trace.csv"))) {
            events.add(span(row, run));
        }
        int number = 0;
        for (List<String> row : csv(day.resolve("log/" + minute + "_log.csv"))) {
            events.add(log(row, run, number++));
        }
        return events;
    }

    /** ts-route-service of ts-route-service-b6c59fb57-zv8dt. */
    static String service(String pod) {
        int instance = pod.lastIndexOf('-');
        return pod.substring(0, pod.lastIndexOf('-', instance - 1));
    }

    /** TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration. */
    private static AuditEvent span(List<String> row, String run) {
        long start = Long.parseLong(row.get(5));
        long end = Long.parseLong(row.get(6));
        return AuditEvent.builder(service(row.get(3)), row.get(4))
                .id(run + row.get(0) + row.get(1))
                .scenarioId(run)
                .instance(row.get(3))
                .occurredAt(Instant.ofEpochSecond(0, start))
                .duration(Duration.ofNanos(Math.max(0, end - start)))
                .traceId(row.get(0))
                .spanId(row.get(1))
                .parentSpanId(row.get(2).equals("root") ? "" : row.get(2))
                .build();
    }

    /** Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log. */
    private static AuditEvent log(List<String> row, String run, int number) {
        String text = text(row.get(7));
        String[] words = text.split("\\s+", 3);
        return AuditEvent.builder(service(row.get(3)), "log")
                .id(run + "log" + number)
                .scenarioId(run)
                .instance(row.get(3))
                .occurredAt(Instant.ofEpochSecond(0, Long.parseLong(row.get(1))))
                .traceId(row.get(5).strip())
                .parentSpanId(row.get(6).strip())
                .severity(
                        words.length < 2
                                ? Severity.INFO
                                : Severity.parse(words[1]).orElse(Severity.INFO))
                .message(withoutIds(text))
                .build();
    }

    /** What is between {"log":" and ","stream" of a line of Docker. */
    private static String text(String line) {
        int from = line.indexOf("\"log\":\"");
        int to = line.lastIndexOf("\",\"stream\"");
        String text = from < 0 || to < from + 7 ? line : line.substring(from + 7, to);
        return text.replace("\\n", " ").strip();
    }

    /** A log record of OTLP has its trace and span beside the words. */
    private static String withoutIds(String text) {
        int trace = text.indexOf("TraceID");
        int span = text.indexOf(SPAN_ID);
        return trace < 0 || span < trace
                ? text
                : text.substring(0, trace)
                        + text.substring(Math.min(text.length(), span + SPAN_ID_LENGTH)).strip();
    }

    /**
     * The rows below the head of a file of RFC 4180; short rows, of which there are few, are not.
     */
    private static List<List<String>> csv(Path file) throws IOException {
        String text = Files.readString(file);
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString().stripTrailing());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        return rows.stream().skip(1).filter(each -> each.size() >= 8).toList();
    }
}
