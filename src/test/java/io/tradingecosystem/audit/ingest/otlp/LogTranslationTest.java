package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.Translated.NANOS;
import static io.tradingecosystem.audit.ingest.otlp.Translated.NOW;
import static io.tradingecosystem.audit.ingest.otlp.Translated.SPAN;
import static io.tradingecosystem.audit.ingest.otlp.Translated.TRACE;
import static io.tradingecosystem.audit.ingest.otlp.Translated.attribute;
import static io.tradingecosystem.audit.ingest.otlp.Translated.id;
import static io.tradingecosystem.audit.ingest.otlp.Translated.log;
import static io.tradingecosystem.audit.ingest.otlp.Translated.logs;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.tradingecosystem.audit.event.AttributeValue.Text;
import io.tradingecosystem.audit.event.AttributeValue.Whole;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;

class LogTranslationTest {

    @Test
    void shouldMakeAnEventOfALogRecordInItsTrace() {
        LogRecord.Builder log =
                log().setTraceId(id(TRACE))
                        .setSpanId(id(SPAN))
                        .setEventName("order.rejected")
                        .setSeverityNumberValue(17)
                        .setSeverityText("ERROR")
                        .setFlags(1)
                        .addAttributes(attribute("orderId", "o-7"));

        AuditEvent event = logs(resource(log).build()).event();

        assertThat(event.service()).isEqualTo("exchange");
        assertThat(event.instance()).isEqualTo("exchange-1");
        assertThat(event.type()).isEqualTo("order.rejected");
        assertThat(event.message()).isEqualTo("it rained");
        assertThat(event.severity()).isEqualTo(Severity.ERROR);
        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.traceId()).isEqualTo(TRACE);
        assertThat(event.parentSpanId()).isEqualTo(SPAN);
        assertThat(event.attributes())
                .containsEntry("order_id", new Text("o-7"))
                .containsEntry("otel.flags", new Whole(1))
                .hasSize(2);
    }

    @Test
    void shouldBeOfTypeLogUnlessItSaysWhatItIs() {
        assertThat(logs(resource(log()).build()).event().type()).isEqualTo("log");

        AuditEvent named =
                logs(resource(log().addAttributes(attribute("event.name", "margin.call"))).build())
                        .event();
        assertThat(named.type()).isEqualTo("margin.call");
        assertThat(named.attributes()).containsEntry("log.event_name", new Text("log"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', DEBUG, 1, ",
        "4, TRACE4, DEBUG, 4, TRACE4",
        "5, debug, DEBUG, , ",
        "9, INFO, INFO, , ",
        "10, INFO2, INFO, 10, INFO2",
        "13, warn, WARNING, , ",
        "17, SEVERE, ERROR, , ",
        "21, FATAL, CRITICAL, , ",
        "24, '', CRITICAL, 24, ",
        "0, '', INFO, , ",
        "0, warning, WARNING, , ",
        "0, peculiar, INFO, , peculiar",
        "9, ERROR, INFO, , ERROR",
        "99, '', INFO, 99, ",
    })
    void shouldMapSeveritiesAndKeepWhatTheyCannotTell(
            int number, String text, Severity severity, Long keptNumber, String keptText) {
        AuditEvent event =
                logs(resource(log().setSeverityNumberValue(number).setSeverityText(text)).build())
                        .event();

        assertThat(event.severity()).isEqualTo(severity);
        assertThat(event.attributes().get("log.severity_number"))
                .isEqualTo(keptNumber == null ? null : new Whole(keptNumber));
        assertThat(event.attributes().get("log.severity_text"))
                .isEqualTo(keptText == null ? null : new Text(keptText));
    }

    @Test
    void shouldUseTheObservedTimeWhereThereIsNoOther() {
        AuditEvent observed =
                logs(resource(log().setTimeUnixNano(0).setObservedTimeUnixNano(NANOS + 1)).build())
                        .event();
        assertThat(observed.occurredAt()).isEqualTo(NOW.plusNanos(1));
        assertThat(observed.attributes()).isEmpty();

        AuditEvent both = logs(resource(log().setObservedTimeUnixNano(NANOS + 1)).build()).event();
        assertThat(both.occurredAt()).isEqualTo(NOW);
        assertThat(both.attributes())
                .containsEntry("log.observed_time", new Text(NOW.plusNanos(1).toString()));
    }

    @Test
    void shouldKeepABodyThatIsNoText() {
        AnyValue map =
                AnyValue.newBuilder()
                        .setKvlistValue(
                                KeyValueList.newBuilder().addValues(attribute("px", "101.5")))
                        .build();

        AuditEvent event = logs(resource(log().setBody(map)).build()).event();

        assertThat(event.message()).isEmpty();
        assertThat(event.attributes().get("log.body").asText()).isEqualTo("{px=101.5}");
    }

    @Test
    void shouldKeepARecordWhoseTraceIsInvalid() {
        AuditEvent event =
                logs(resource(log().setTraceId(id("0102")).setSpanId(id("0000000000000000")))
                                .build())
                        .event();

        assertThat(event.traceId()).isEmpty();
        assertThat(event.parentSpanId()).isEmpty();
        assertThat(event.attributes())
                .containsEntry("log.invalid_trace_id", new Text("0102"))
                .hasSize(1);
    }

    @Test
    void shouldGiveTheSameIdsToAnExportThatIsSentAgain() {
        ResourceLogs export = resource(log(), log(), log().setBody(Translated.text("b"))).build();

        List<String> first = ids(export);

        assertThat(first).doesNotHaveDuplicates().hasSize(3);
        assertThat(ids(export)).isEqualTo(first);
        assertThat(first).allMatch(id -> UUID.fromString(id).version() == 8);
        assertThat(first).allMatch(id -> UUID.fromString(id).variant() == 2);
    }

    @Test
    void shouldTellEqualRecordsOfDifferentOriginApart() {
        ResourceLogs one = resource(log()).build();
        ResourceLogs.Builder other = resource(log());
        other.getResourceBuilder().addAttributes(attribute("host.name", "b"));
        ResourceLogs.Builder scoped = resource(log());
        scoped.getScopeLogsBuilder(0).getScopeBuilder().setName("b");

        assertThat(List.of(ids(one), ids(other.build()), ids(scoped.build())))
                .doesNotHaveDuplicates();
    }

    private static List<String> ids(ResourceLogs logs) {
        return logs(logs).events().stream().map(AuditEvent::id).toList();
    }
}
