package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.Severity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What OpenTelemetry's semantic conventions (1.44) have attributes for, so that a record with them
 * is an event of a type that does not depend on how its instrumentation names spans.
 *
 * @param type of the events
 * @param marks the attributes of which a record has one
 * @param status the attribute that says how it went, or empty
 * @param failures the values of that which say that something failed
 */
record Convention(String type, List<String> marks, String status, Set<String> failures) {
    private static final Convention TEST_CASE =
            new Convention(
                    "test.case",
                    List.of("test.case.name", "test.case.result.status"),
                    "test.case.result.status",
                    Set.of("fail"));
    private static final Convention TEST_SUITE =
            new Convention(
                    "test.suite",
                    List.of("test.suite.run.status", "test.suite.name"),
                    "test.suite.run.status",
                    Set.of("failure", "aborted", "timed_out"));
    private static final Convention DEPLOYMENT =
            new Convention(
                    "deployment",
                    List.of("deployment.id", "deployment.name", "deployment.status"),
                    "deployment.status",
                    Set.of("failed"));
    private static final Convention FEATURE_FLAG =
            new Convention("feature_flag.evaluation", List.of("feature_flag.key"), "", Set.of());
    private static final Convention EXCEPTION =
            new Convention(
                    "exception", List.of("exception.type", "exception.message"), "", Set.of());

    private static final List<Convention> OF_SPANS = List.of(TEST_CASE, TEST_SUITE, DEPLOYMENT);
    private static final List<Convention> OF_LOGS =
            List.of(TEST_CASE, TEST_SUITE, DEPLOYMENT, FEATURE_FLAG, EXCEPTION);

    /** The name of span events of this convention until version 1.32. */
    private static final String FORMER_FLAG = "feature_flag";

    private static final String MESSAGE = "exception.message";

    /** That of a span with these attributes. */
    static Optional<Convention> ofSpan(Map<String, AttributeValue> attributes) {
        return OF_SPANS.stream().filter(each -> each.isMarked(attributes)).findFirst();
    }

    /** That of a span event: its name says what it is. */
    static Optional<Convention> ofSpanEvent(String name, Map<String, AttributeValue> attributes) {
        return name.equals(FORMER_FLAG) && FEATURE_FLAG.isMarked(attributes)
                ? Optional.of(FEATURE_FLAG)
                : Optional.empty();
    }

    /** That of a log record: one with an event name says what it is. */
    static Optional<Convention> ofLog(String eventName, Map<String, AttributeValue> attributes) {
        return eventName.isEmpty()
                ? OF_LOGS.stream().filter(each -> each.isMarked(attributes)).findFirst()
                : Optional.empty();
    }

    /** What an exception says, where a record has no words of its own. */
    static Optional<String> message(Map<String, AttributeValue> attributes) {
        return text(attributes, MESSAGE);
    }

    /** How grave what the attributes tell is; empty if they do not say that something failed. */
    Optional<Severity> severity(Map<String, AttributeValue> attributes) {
        return text(attributes, status).filter(failures::contains).map(failed -> Severity.ERROR);
    }

    private boolean isMarked(Map<String, AttributeValue> attributes) {
        return marks.stream().anyMatch(mark -> text(attributes, mark).isPresent());
    }

    private static Optional<String> text(Map<String, AttributeValue> attributes, String name) {
        return attributes.get(name) instanceof AttributeValue.Text text && !text.value().isBlank()
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
