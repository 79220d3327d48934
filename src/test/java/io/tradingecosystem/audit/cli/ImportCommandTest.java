package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.json.Recording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

class ImportCommandTest {
    private static final String TRACE = "2bb1a406020f305ab7f953eacda1cd0b";

    @TempDir private Path directory;
    private final CommandLine command = new CommandLine();

    @Test
    void shouldMakeTheSameEventsOfJaegersTraceAsOfOneThatCameByOtlp() throws IOException {
        List<AuditEvent> events =
                imported(
                        "jaeger",
                        """
                        {"data": [{"traceID": "2bb1a406020f305ab7f953eacda1cd0b", "processes": {"p1":
                          {"serviceName": "exchange", "tags": [{"key": "host.name", "type": "string", "value": "h"}]}},
                         "spans": [{"traceID": "2bb1a406020f305ab7f953eacda1cd0b", "spanID": "46fffe1f52d09781",
                          "operationName": "order.placed", "processID": "p1", "startTime": 1769860800000250,
                          "duration": 277, "references": [
                            {"refType": "CHILD_OF", "traceID": "2bb1a406020f305ab7f953eacda1cd0b", "spanID": "6fff0afa746d6f"},
                            {"refType": "FOLLOWS_FROM", "traceID": "b1a406020f305ab7", "spanID": "1"}],
                          "tags": [{"key": "span.kind", "type": "string", "value": "server"},
                            {"key": "error", "type": "bool", "value": true},
                            {"key": "depth", "type": "int64", "value": 3},
                            {"key": "order.id", "type": "string", "value": "o-1"}],
                          "logs": [{"timestamp": 1769860800000300, "fields": [
                            {"key": "event", "type": "string", "value": "book.checked"},
                            {"key": "level", "type": "float64", "value": 0.5}]}]}]}],
                         "total": 0, "errors": null}
                        """);

        assertThat(command.out()).contains("2 events taken, 0 were there already, 0 not taken");
        AuditEvent span = events.getFirst();
        assertThat(span.id()).isEqualTo(TRACE + "-46fffe1f52d09781");
        assertThat(span.service()).isEqualTo("exchange");
        assertThat(span.type()).isEqualTo("order.placed");
        assertThat(span.severity()).isEqualTo(Severity.ERROR);
        assertThat(span.occurredAt()).isEqualTo("2026-01-31T12:00:00.000250Z");
        assertThat(span.duration()).isEqualTo(Duration.ofNanos(277_000));
        assertThat(span.parentSpanId()).isEqualTo("006fff0afa746d6f");
        assertThat(span.links()).singleElement().extracting("traceId").asString().endsWith("5ab7");
        assertThat(span.attribute("order_id")).isEqualTo("o-1");
        assertThat(span.attribute("span.kind")).isEqualTo("server");
        assertThat(events.getLast().type()).isEqualTo("book.checked");
        assertThat(events.getLast().id()).isEqualTo(span.id() + "-0");
    }

    @Test
    void shouldMakeEventsOfZipkinsSpans() throws IOException {
        List<AuditEvent> events =
                imported(
                        "zipkin",
                        """
                        [{"traceId": "b7f953eacda1cd0b", "id": "176fff0afa746d6f", "name": "order.sent",
                          "timestamp": 1769860800000000, "duration": 59, "kind": "CLIENT",
                          "localEndpoint": {"serviceName": "exchange"}, "remoteEndpoint": {"serviceName": "risk"},
                          "tags": {"scenario_id": "run-1", "error": "refused"},
                          "annotations": [{"timestamp": 1769860800000010, "value": "{\\"book.checked\\": {\\"depth\\": 3}}"},
                                          {"timestamp": 1769860800000020, "value": "sent"}]},
                         {"traceId": "b7f953eacda1cd0b", "id": "176fff0afa746d6f", "name": "order.taken",
                          "timestamp": 1769860800000030, "kind": "SERVER", "shared": true,
                          "localEndpoint": {"serviceName": "risk"}}]
                        """);

        AuditEvent client = events.getFirst();
        assertThat(client.id()).isEqualTo("0000000000000000b7f953eacda1cd0b-176fff0afa746d6f");
        assertThat(client.scenarioId()).isEqualTo("run-1");
        assertThat(client.message()).isEqualTo("refused");
        assertThat(client.attribute("peer.service")).isEqualTo("risk");
        assertThat(events.get(1).type()).isEqualTo("book.checked");
        assertThat(events.get(1).attribute("depth")).isEqualTo("3");
        assertThat(events.get(2).type()).isEqualTo("sent");
        assertThat(events.getLast().id()).isEqualTo(client.id() + "-server");
        assertThat(events.getLast().causeId()).isEqualTo(client.id());
    }

    @Test
    void shouldReadATableByItsMap() throws IOException {
        Path map =
                Files.writeString(
                        directory.resolve("columns.yaml"),
                        """
                        columns: {when: occurred_at, what: type, order: order_id, internal: ""}
                        values: {service: exchange}
                        time-unit: ms
                        separator: ;
                        """);
        Path table =
                file(
                        "orders.csv",
                        "\uFEFFwhen;what;order;note;internal\r\n"
                                + "1769860800250;order.placed;o-1;\"two\r\n"
                                + "lines; \"\"quoted\"\"\";x\r\n"
                                + "1769860800.5;order.filled;o-1;;\r\n");

        assertThat(run(table, "csv", "--map", map.toString())).isEqualTo(1);

        List<AuditEvent> events = Recording.read(out());
        AuditEvent event = events.getFirst();
        assertThat(event.service()).isEqualTo("exchange");
        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.occurredAt()).isEqualTo("2026-01-31T12:00:00.250Z");
        assertThat(event.attribute("order_id")).isEqualTo("o-1");
        assertThat(event.attribute("note")).isEqualTo("two\nlines; \"quoted\"");
        assertThat(event.attributes()).doesNotContainKeys("internal", "what");
        // 1769860800.5 ms are in 1970
        assertThat(events).hasSize(1);
        assertThat(command.err()).contains("orders.csv: line 4: ", "before the year 2000");
    }

    @Test
    void shouldNameBadRowsAndTakeTheOthers() throws IOException {
        Path table =
                file(
                        "t.csv",
                        """
                        occurred_at,service,type
                        2026-01-31T12:00:00Z,s,a
                        2026-01-31T12:00:00Z,s
                        ,s,b
                        soon,s,c
                        2026-01-31T12:00:00Z,"s"x,d
                        2026-01-31T12:00:01Z,s,e
                        """);

        assertThat(run(table, "csv")).isEqualTo(1);

        assertThat(Recording.read(out())).extracting(AuditEvent::type).containsExactly("a", "e");
        assertThat(command.err())
                .contains("t.csv: line 3: it has 2 fields, and the header 3")
                .contains("line 4: it has no time")
                .contains("line 5: occurred_at \"soon\"")
                .contains("line 6: there is text behind the quotes");
        assertThat(command.out()).contains("2 events taken, 0 were there already, 4 not taken");
    }

    @Test
    void shouldGiveEqualRowsIdsOfTheirOwnAndTheSameAgain() throws IOException {
        String row = "2026-01-31T12:00:00Z,s,a\n";
        Path table = file("t.csv", "occurred_at,service,type\n" + row + row);

        run(table, "csv");
        List<AuditEvent> first = Recording.read(out());
        run(table, "csv");

        assertThat(first).extracting(AuditEvent::id).doesNotHaveDuplicates();
        assertThat(Recording.read(out())).isEqualTo(first);
    }

    @Test
    void shouldSayWhereAFileIsNotWhatItIsSaidToBe() throws IOException {
        assertThat(run(file("x", "{\"data\": [{\"traceID\": \"1\", \"spans\": 1}, {"), "jaeger"))
                .isEqualTo(1);
        assertThat(command.err())
                .contains("trace 1: a trace has a list of spans")
                .contains("not JSON at line 1, column", "nothing behind it was read");
        assertThat(command.out()).contains("not read to its end");

        assertThat(run(file("x", "[]"), "jaeger")).isEqualTo(1);
        assertThat(run(file("x", "{}"), "zipkin")).isEqualTo(1);
        assertThat(run(file("x", "a,a\n1,2\n"), "csv")).isEqualTo(1);
        assertThat(command.err()).contains("two columns are called a");
        assertThat(run(file("x", "[]"), "zipkin")).isZero();
    }

    @Test
    void shouldReadGzip() throws IOException {
        Path file = directory.resolve("x.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                    "occurred_at,service,type\n2026-01-31T12:00:00Z,s,a\n"
                            .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run(file, "csv")).isZero();
        assertThat(Recording.read(out())).hasSize(1);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() throws IOException {
        Path table = file("t.csv", "a\n");
        Path map = file("m.yaml", "column: {}");

        assertThat(command.run("import")).isEqualTo(2);
        assertThat(run(table, "xml")).isEqualTo(2);
        assertThat(command.err()).contains("jaeger, zipkin, csv");
        assertThat(run(table, "csv", "--map", map.toString())).isEqualTo(2);
        assertThat(command.err()).contains("unknown key column");
        assertThat(command.run("import", "nowhere", "--format", "csv")).isEqualTo(2);
        assertThat(
                        command.run(
                                "import",
                                file("r.csv", "occurred_at,service,type\n1769860800000000000,s,t\n")
                                        .toString(),
                                "--format",
                                "csv",
                                "--service",
                                "http://127.0.0.1:1"))
                .isEqualTo(2);
    }

    private List<AuditEvent> imported(String format, String text) throws IOException {
        assertThat(run(file("recorded", text), format)).as(command.err()).isZero();
        return Recording.read(out());
    }

    private int run(Path file, String format, String... more) {
        return command.run(
                Stream.concat(
                                Stream.of(
                                        "import",
                                        file.toString(),
                                        "--format",
                                        format,
                                        "--out",
                                        out().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path out() {
        return directory.resolve("out.ndjson");
    }
}
