package io.tradingecosystem.audit.ingest.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.UnicodeText;

import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

import java.nio.charset.StandardCharsets;

class HeaderTextProperties {
    @Example
    void shouldDecodeTheExampleOfTheBinding() {
        assertThat(HeaderText.decode("Euro%20%E2%82%AC%20%F0%9F%98%80")).contains("Euro € 😀");
        assertThat(HeaderText.decode("%e2%82%ac")).contains("€");
        assertThat(HeaderText.decode("%41%2520")).contains("A%20");
    }

    @Example
    void shouldUnquoteAsOlderVersionsWrote() {
        assertThat(HeaderText.decode("\"a \\\"b\\\" \\\\ %20c\"")).contains("a \"b\" \\  c");
        assertThat(HeaderText.decode("\"")).contains("\"");
    }

    @Example
    void shouldRefuseWhatIsNoUtf8OrNoPercentEncoding() {
        assertThat(HeaderText.decode("%C0%A0")).isEmpty();
        assertThat(HeaderText.decode("%ED%A0%80")).isEmpty();
        assertThat(HeaderText.decode("50%")).isEmpty();
        assertThat(HeaderText.decode("%4")).isEmpty();
        assertThat(HeaderText.decode("%+1")).isEmpty();
    }

    @Property
    void shouldGiveBackWhatWasEncoded(@ForAll String text) {
        Assume.that(UnicodeText.isWellFormed(text));

        assertThat(HeaderText.decode(encoded(text))).contains(text);
    }

    @Property
    void shouldLeavePlainTextAsItIs(@ForAll @CharRange(from = '&', to = '~') String text) {
        assertThat(HeaderText.decode(text)).contains(text);
    }

    /** By the rules of the HTTP binding: all but printable ASCII, space, quote and percent. */
    private static String encoded(String text) {
        StringBuilder header = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > ' ' && octet < 0x7f && octet != '"' && octet != '%';
            header.append(plain ? "" + (char) octet : "%%%02X".formatted(octet & 0xff));
        }
        return header.toString();
    }
}
