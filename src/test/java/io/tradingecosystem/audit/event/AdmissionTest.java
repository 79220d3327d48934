package io.tradingecosystem.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.event.Admission.Result;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What of an event in JSON is kept, changed with a mark, and refused. */
class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Admission admission =
            new Admission(
                    EventLimits.DEFAULT,
                    EventAliases.of(EventAliases.DEFAULT_NAMES, EventAliases.DEFAULT_SERVICES),
                    new EventIds(InstantSource.fixed(NOW), () -> 0),
                    InstantSource.fixed(NOW));

    private Result admit(String members) {
        byte[] text = ("{\"service\":\"s\",\"type\":\"t\"," + members + "}").getBytes(ISO_8859_1);
        return admission.admit(new EventJsonReader().read(text, 0, text.length));
    }

    private AuditEvent event(String members) {
        assertThat(admit(members)).isInstanceOf(Result.Admitted.class);
        return ((Result.Admitted) admit(members)).event();
    }

    private String refusal(String members) {
        assertThat(admit(members)).isInstanceOf(Result.Refused.class);
        EventProblem problem = ((Result.Refused) admit(members)).problem();
        return problem.reason() + " " + problem.text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "\"a\":1e999 | BAD_FIELD attribute \"a\" is 1e999",
                "\"a\":1e-400 | BAD_FIELD attribute \"a\" is 1e-400",
                "\"a\":[{\"b\":0.12345678901234567890}] | BAD_FIELD attribute \"a\" is 0.1234567",
                "\"a\":9007199254740993.0 | BAD_FIELD attribute \"a\" is 9007199254740993.0",
                "\"a\":9223372036854775808 | BAD_FIELD attribute \"a\" is 9223372036854775808",
                "\"instance\":true | BAD_FIELD instance is to be a text, here is a boolean",
                "\"message\":[] | BAD_FIELD message is to be a text",
                "\"a\":1,\"attributes\":{\"a\":2} | BAD_FIELD attribute \"a\" stands there twice",
                "\"attributes\":{\"a\":{\"b\":1,\"b\":2}} | MALFORMED Duplicate field 'b'",
                "\"occurred_at\":\"2026-01-01T00:00:00.1234567891Z\" | BAD_TIME occurred_at",
                "\"occurred_at\":\"1970-01-01T00:00:00Z\" | PAST_TIME occurred_at"
                        + " 1970-01-01T00:00:00Z",
                "\"occurred_at\":0 | PAST_TIME occurred_at 1970-01-01T00:00:00Z",
                "\"occurred_at\":\"+1769860800000000000\" | BAD_TIME occurred_at",
                "\"occurred_at\":\"\\u0661769860800000000000\" | BAD_TIME occurred_at",
                "\"occurred_at\":\"2026-01-01T12:00:60Z\" | BAD_TIME occurred_at",
                "\"duration\":\"1.5ns\" | BAD_DURATION duration",
                "\"id\":\"a\\ud800\" | BAD_FIELD id has what is no Unicode text",
                "\"cause_id\":\"\u00c0\u00af\" | BAD_FIELD cause_id has what is no Unicode text",
                "\"correlationId\":\"\\ud800\" | BAD_FIELD correlation_id has what is no Unicode",
                "\"span_id\":\"\\u0663\\u0663\" | BAD_TRACE_CONTEXT span_id",
                "\"trace_id\":\"-\" | BAD_TRACE_CONTEXT trace_id",
            })
    void shouldRefuseByNameWhatCannotBeKept(String members, String problem) {
        assertThat(refusal(members)).startsWith(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "17.0",
                "-0.0",
                "1.0E-7",
                "4.9E-324",
                "1.7976931348623157E308",
                "0.30000000000000004",
                "9007199254740992",
                "9223372036854775807",
                "-9223372036854775808",
                "null",
                "true",
                "[null,[]]",
                "{\"b\":null}"
            })
    void shouldKeepAValueAsItIsWritten(String value) {
        AuditEvent event = event("\"a\":" + value);

        assertThat(new String(EventJsonWriter.bytes(event), UTF_8))
                .contains("\"attributes\":{\"a\":" + value + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.10000000000000001",
                "0.100",
                "1.0e-1",
                "0.1000000000000000055511151231257827021181583404541015625"
            })
    void shouldTakeOtherSpellingsOfADouble(String number) {
        assertThat(event("\"a\":" + number).attributes())
                .containsEntry("a", new AttributeValue.Real(0.1));
    }

    @Test
    void shouldTakeWhateverComesForWrittenOutside() {
        Candidate claim = new Candidate.Draft(AuditEvent.own("audit-correlator", "audit.report"));

        assertThat(((Result.Admitted) admission.admit(claim)).event().author())
                .isEqualTo(Author.DOOR);
    }

    static Set<String> ownTypes() {
        return OwnWords.TYPES;
    }

    @ParameterizedTest
    @MethodSource("ownTypes")
    void shouldRefuseTheTypesInWhichTheCorrelatorSpeaks(String type) {
        assertThat(refusal(AuditEvent.builder("audit-correlator", type)))
                .isEqualTo(EventProblem.Reason.RESERVED_TYPE);
        assertThat(refusal(AuditEvent.builder("s", "").attribute("event_type", type)))
                .isEqualTo(EventProblem.Reason.RESERVED_TYPE);
    }

    @Test
    void shouldRefuseIdsThatOnlyTheCorrelatorGives() {
        assertThat(refusal(AuditEvent.builder("s", "t").id(OwnWords.id("verdict-1-v1"))))
                .isEqualTo(EventProblem.Reason.RESERVED_ID);
    }

    private EventProblem.Reason refusal(AuditEventBuilder event) {
        return ((Result.Refused) admission.admit(new Candidate.Draft(event))).problem().reason();
    }

    @Test
    void shouldReplaceWhatIsNoTextAndNameThePlaces() {
        Result.Admitted admitted =
                (Result.Admitted)
                        admit(
                                "\"message\":\"a\u00c0\u00afb\",\"audit.invalid_text\":\"x\","
                                    + "\"attributes\":{\"k\\ud800\":1,\"l\":[\"\\udc00\"],\"m\":\"\\ufffd\"}");

        assertThat(admitted.event().message()).isEqualTo("a\ufffd\ufffdb");
        assertThat(admitted.event().attributes().keySet())
                .containsExactly(
                        "audit.invalid_text", "k\ufffd", "l", "m", "audit.audit.invalid_text");
        assertThat(admitted.event().attribute("audit.audit.invalid_text"))
                .isEqualTo("[message, k\ufffd, l]");
        assertThat(admitted.event().attribute("l")).isEqualTo("[\ufffd]");
        assertThat(admitted.note()).contains("audit.audit.invalid_text");
    }

    @Test
    void shouldKeepIdsOfZerosBeside() {
        AuditEvent event =
                event("\"trace_id\":\"" + "0".repeat(32) + "\",\"parent_span_id\":\"0\"");

        assertThat(event.traceId()).isEmpty();
        assertThat(event.attribute("audit.told_trace_id")).isEqualTo("0".repeat(32));
        assertThat(event.attribute("audit.told_parent_span_id")).isEqualTo("0");

        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assertThat(event("\"trace_id\":\"0\",\"traceId\":\"%s\"".formatted(trace)).traceId())
                .isEqualTo(trace);
    }

    @Test
    void shouldWriteIdsInLowerCaseInLinksToo() {
        String upper = "4BF92F3577B34DA6A3CE929D0E0E4736";
        AuditEvent event =
                event(
                        "\"links\":[{\"trace_id\":\"%s\",\"span_id\":\"00F067AA0BA902B7\"}]"
                                .formatted(upper));

        assertThat(event.links())
                .isEqualTo(
                        List.of(new SpanLink(upper.toLowerCase(Locale.ROOT), "00f067aa0ba902b7")));
    }

    @Test
    void shouldNotTakeAFlagForAText() {
        assertThat(event("\"correlationId\":true").attributes())
                .containsEntry("correlationId", new AttributeValue.Flag(true));
    }
}
