package io.tradingecosystem.audit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Random;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void shouldReadAndWriteTheExampleOfTheSpecification() {
        String header = "00-" + TRACE + "-" + SPAN + "-01";

        TraceContext trace = TraceContext.parse(header).orElseThrow();

        assertThat(trace).isEqualTo(new TraceContext(TRACE, SPAN, true));
        assertThat(trace.traceparent()).isEqualTo(header);
    }

    @Test
    void shouldReadALaterVersionWithMoreBehind() {
        assertThat(TraceContext.parse("01-" + TRACE + "-" + SPAN + "-00-more")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            })
    void shouldNotReadWhatIsNoTraceparent(String header) {
        assertThat(TraceContext.parse(header)).isEmpty();
    }

    @Test
    void shouldHoldForTheWorkOnly() {
        Optional<TraceContext> trace = Optional.of(new TraceContext(TRACE, SPAN, false));

        TraceContext.run(trace, () -> assertThat(TraceContext.current()).isEqualTo(trace));

        assertThat(TraceContext.current()).isEmpty();
    }

    @Test
    void shouldKeepTheTraceInAChild() {
        TraceContext parent = new TraceContext(TRACE, SPAN, true);

        TraceContext child = parent.child(new Random(1));

        assertThat(child.traceId()).isEqualTo(TRACE);
        assertThat(child.spanId()).isNotEqualTo(SPAN).hasSize(16);
        assertThat(TraceContext.parse(child.traceparent())).contains(child);
    }
}
