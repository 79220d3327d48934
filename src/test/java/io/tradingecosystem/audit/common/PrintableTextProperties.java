package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.testing.HostileText;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

class PrintableTextProperties {
    @Provide
    Arbitrary<String> texts() {
        return HostileText.arbitrary();
    }

    @Property(tries = 300)
    void shouldLeaveNothingThatIsNotShown(@ForAll("texts") String text) {
        assertThat(PrintableText.line(text)).matches(line -> !HostileText.isHostile(line));
        assertThat(PrintableText.line(text)).doesNotContain("\n");
        assertThat(PrintableText.lines(text).replace("\t", ""))
                .matches(lines -> !HostileText.isHostile(lines));
        assertThat(PrintableText.html(text)).doesNotContain("<", ">", "\"", "'", "\n");
        assertThat(PrintableText.isPrintable(text))
                .isEqualTo(!HostileText.isHostile(text) && !text.contains("\n"));
    }

    @Property(tries = 300)
    void shouldKeepWhatIsShown(@ForAll("texts") String text) {
        String once = PrintableText.line(text);

        assertThat(PrintableText.line(once)).isSameAs(once);
        assertThat(PrintableText.lines(text).lines().map(PrintableText::line).toList())
                .isEqualTo(text.replace("\r", "\\r").lines().map(PrintableText::line).toList());
    }

    @Property(tries = 300)
    void shouldKeepWhatJsonSays(@ForAll("texts") String text) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        String document = json.writeValueAsString(text);

        assertThat(json.readValue(PrintableText.line(document), String.class)).isEqualTo(text);
    }

    @Test
    void shouldWriteWhatIsNotShownAsJavaDoes() {
        assertThat(PrintableText.line("a\u001b[31m\u202eb\nc\td\ud800 😀"))
                .isEqualTo("a\\u001b[31m\\u202eb\\nc\\td\\ud800 😀");
        assertThat(PrintableText.lines("a\n\tb\r")).isEqualTo("a\n\tb\\r");
    }
}
