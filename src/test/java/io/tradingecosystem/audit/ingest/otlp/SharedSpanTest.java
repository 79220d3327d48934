package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.OtlpServer.PROTOBUF;
import static io.tradingecosystem.audit.ingest.otlp.Translated.NANOS;
import static io.tradingecosystem.audit.ingest.otlp.Translated.SPAN;
import static io.tradingecosystem.audit.ingest.otlp.Translated.TRACE;
import static io.tradingecosystem.audit.ingest.otlp.Translated.id;
import static io.tradingecosystem.audit.ingest.otlp.Translated.log;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;
import static io.tradingecosystem.audit.ingest.otlp.Translated.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Client and server of one call that share both ids, and log records in a span. */
class SharedSpanTest {
    private static final String BASE = TRACE + "-" + SPAN;
    private static final String PARENT = "00f067aa0ba902b7";

    private final OtlpServer server = OtlpServer.open(Map.of());
    private LinkService links;

    @BeforeEach
    void start() {
        links =
                LinkService.create(
                        server.store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        Time.system());
        links.start();
    }

    @AfterEach
    void close() {
        links.close();
        server.close();
    }

    private static Span.Builder side(SpanKind kind, long startsAfter) {
        Span.Builder span =
                span().setKind(kind)
                        .setParentSpanId(id(PARENT))
                        .setStartTimeUnixNano(NANOS + startsAfter)
                        .setEndTimeUnixNano(NANOS + 10_000 - startsAfter);
        span.addEventsBuilder()
                .setName(kind == SpanKind.SPAN_KIND_CLIENT ? "sent" : "taken")
                .setTimeUnixNano(NANOS + startsAfter);
        return span;
    }

    private static Span.Builder client() {
        return side(SpanKind.SPAN_KIND_CLIENT, 0);
    }

    private static Span.Builder server() {
        return side(SpanKind.SPAN_KIND_SERVER, 100);
    }

    /** Exports spans at once; nothing may be refused. */
    private void export(Span.Builder... spans) {
        assertThat(refused(spans)).isZero();
    }

    private long refused(Span.Builder... spans) {
        var request = ExportTraceServiceRequest.newBuilder().addResourceSpans(resource(spans));
        byte[] answer = server.post("/v1/traces", PROTOBUF, request.build()).body();
        try {
            return ExportTraceServiceResponse.parseFrom(answer)
                    .getPartialSuccess()
                    .getRejectedSpans();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> ids() {
        return server.events().stream()
                .map(AuditEvent::id)
                .filter(id -> id.startsWith(TRACE))
                .sorted()
                .toList();
    }

    private Link explicit(String effect) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !explicits(effect).isEmpty());
        return explicits(effect).getFirst();
    }

    private List<Link> explicits(String effect) {
        return links.index().causesOf(effect, 10).stream()
                .filter(link -> link.kind() == Kind.EXPLICIT)
                .toList();
    }

    @Test
    void shouldKeepTheServerThatComesSecond() {
        export(client());
        export(server());

        assertThat(ids()).containsExactly(BASE, BASE + "-0", BASE + "-server", BASE + "-server-0");
        assertThat(explicit(BASE + "-server").causeId()).isEqualTo(BASE);
    }

    @Test
    void shouldKeepTheClientThatComesSecond() {
        export(server());
        export(client());

        assertThat(ids()).containsExactly(BASE, BASE + "-0", BASE + "-client", BASE + "-client-0");
        assertThat(explicit(BASE).causeId()).isEqualTo(BASE + "-client");
    }

    @Test
    void shouldKeepBothOfOneExport() {
        export(server(), client());

        assertThat(ids()).hasSize(4).contains(BASE, BASE + "-client");
        assertThat(explicit(BASE).causeId()).isEqualTo(BASE + "-client");
    }

    @Test
    void shouldStoreEachOnceHoweverOftenTheyAreSent() {
        for (int round = 0; round < 3; round++) {
            export(server());
            export(client());
            export(client(), server());
        }

        assertThat(ids()).hasSize(4);
    }

    @Test
    void shouldStillRefuseAnotherSpanOfTheSameKind() {
        export(client());
        export(server());

        assertThat(refused(client().setName("other"))).isEqualTo(1);
        assertThat(refused(server().setName("other"))).isEqualTo(1);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void shouldLinkALogRecordWithItsSpan() {
        var logs =
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(
                                resource(
                                        log().setTraceId(id(TRACE))
                                                .setSpanId(id(SPAN))
                                                .setEventName("order.rejected")));
        server.post("/v1/logs", PROTOBUF, logs.build());
        export(client());

        String record =
                server.events().stream()
                        .filter(event -> event.type().equals("order.rejected"))
                        .findFirst()
                        .orElseThrow()
                        .id();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !links.index().causesOf(record, 10).isEmpty());
        assertThat(links.index().causesOf(record, 10))
                .singleElement()
                .satisfies(
                        link -> {
                            assertThat(link.kind()).isEqualTo(Kind.PARENT);
                            assertThat(link.causeId()).isEqualTo(BASE);
                        });
    }
}
