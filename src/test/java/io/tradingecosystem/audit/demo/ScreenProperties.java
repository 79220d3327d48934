package io.tradingecosystem.audit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.demo.Chain.Step;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.testing.HostileText;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Nothing steers the terminal but the colours of the screen itself. */
class ScreenProperties {
    @Provide
    Arbitrary<String> texts() {
        return HostileText.arbitrary();
    }

    @Property(tries = 300)
    void shouldShowOnlyItsOwnColours(@ForAll("texts") String text, @ForAll Severity severity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        Step step = new Step(text, text, severity, Duration.ZERO, text, List.of());

        screen.heading(text);
        screen.line(text);
        screen.event(
                AuditEvent.builder("s" + text, "t" + text)
                        .id("1")
                        .message(text)
                        .severity(severity)
                        .occurredAt(Instant.EPOCH)
                        .build(),
                Instant.EPOCH);
        screen.chain(new Step(text, text, severity, Duration.ZERO, text, List.of(step)));

        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertThat(shown).contains("\u001b[1m");
        String bare = shown.replaceAll("\u001b\\[[0-9;]*m", "");
        assertThat(bare).matches(each -> !HostileText.isHostile(each));
        assertThat(bare.lines()).hasSize(6);
    }
}
