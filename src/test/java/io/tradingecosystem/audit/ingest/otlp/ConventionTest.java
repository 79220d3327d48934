package io.tradingecosystem.audit.ingest.otlp;

import static io.tradingecosystem.audit.ingest.otlp.Translated.attribute;
import static io.tradingecosystem.audit.ingest.otlp.Translated.log;
import static io.tradingecosystem.audit.ingest.otlp.Translated.resource;
import static io.tradingecosystem.audit.ingest.otlp.Translated.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's semantic conventions as types of events. */
class ConventionTest {
    @ParameterizedTest
    @CsvSource({
        "test.case.name,TestCase1,test.case,INFO",
        "test.case.result.status,pass,test.case,INFO",
        "test.case.result.status,fail,test.case,ERROR",
        "test.suite.name,TestSuite1,test.suite,INFO",
        "test.suite.run.status,success,test.suite,INFO",
        "test.suite.run.status,timed_out,test.suite,ERROR",
        "deployment.id,1208,deployment,INFO",
        "deployment.status,failed,deployment,ERROR",
        "deployment.environment.name,staging,POST /orders,INFO",
        "feature_flag.key,logo-color,POST /orders,INFO",
        "exception.type,OSError,POST /orders,INFO"
    })
    void shouldTypeSpans(String name, String value, String type, Severity severity) {
        AuditEvent event = of(span().addAttributes(attribute(name, value)));

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.severity()).isEqualTo(severity);
        assertThat(event.attribute(name)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "test.case.name,TestCase1,test.case",
        "feature_flag.key,logo-color,feature_flag.evaluation",
        "exception.type,OSError,exception",
        "deployment.status,succeeded,deployment",
        "http.route,/orders,log"
    })
    void shouldTypeLogRecordsThatDoNotSayWhatTheyAre(String name, String value, String type) {
        assertThat(of(log().addAttributes(attribute(name, value))).type()).isEqualTo(type);
    }

    @Test
    void shouldKeepTheNameOfASpanThatIsTyped() {
        AuditEvent event = of(span().addAttributes(attribute("test.case.name", "a")));

        assertThat(event.attribute("span.name")).isEqualTo("POST /orders");
    }

    @Test
    void shouldHeedWhatARecordSaysItself() {
        assertThat(
                        of(span().addAttributes(attribute("test.case.name", "a"))
                                        .addAttributes(attribute("event.type", "own")))
                                .type())
                .isEqualTo("own");
        assertThat(
                        of(log().setEventName("order.failed")
                                        .addAttributes(attribute("exception.type", "OSError")))
                                .type())
                .isEqualTo("order.failed");
        assertThat(
                        of(log().setSeverityNumberValue(9)
                                        .addAttributes(
                                                attribute("test.case.result.status", "fail")))
                                .severity())
                .isEqualTo(Severity.INFO);
    }

    @Test
    void shouldTakeWhatAnExceptionSaysForTheMessageWhereThereIsNoOther() {
        var message = attribute("exception.message", "no route");

        assertThat(of(log().clearBody().addAttributes(message)).message()).isEqualTo("no route");
        assertThat(of(log().addAttributes(message)).message()).isEqualTo("it rained");
        Span.Builder failed = span().addAttributes(message);
        failed.getStatusBuilder().setCode(StatusCode.STATUS_CODE_ERROR).setMessage("broken");
        assertThat(of(failed).message()).isEqualTo("broken");
    }

    @Test
    void shouldTypeSpanEventsOfTheFormerConventionForFlags() {
        Span.Builder span = span();
        span.addEventsBuilder()
                .setName("feature_flag")
                .addAttributes(attribute("feature_flag.key", "logo-color"));
        span.addEventsBuilder().setName("feature_flag");
        span.addEventsBuilder()
                .setName("exception")
                .addAttributes(attribute("exception.message", "no route"));

        Translated translated = Translated.spans(resource(span).build());

        assertThat(translated.events())
                .extracting(AuditEvent::type)
                .containsExactly(
                        "POST /orders", "feature_flag.evaluation", "feature_flag", "exception");
        assertThat(translated.events().getLast().message()).isEqualTo("no route");
    }

    private static AuditEvent of(Span.Builder span) {
        return Translated.spans(resource(span).build()).event();
    }

    private static AuditEvent of(LogRecord.Builder log) {
        return Translated.logs(resource(log).build()).event();
    }
}
