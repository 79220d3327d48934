package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.ByteBuffer;

/** What is UTF-8 and what is not is as Java has it. */
class Utf8Properties {

    /** Bytes of which some are the start of a character and some are none. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.oneOf(
                        Arbitraries.of("abcdefgh", "é", "€", "😀")
                                .map(text -> text.getBytes(UTF_8)),
                        Arbitraries.of(
                                        0xc0, 0xaf, 0xc3, 0xe0, 0x80, 0xed, 0xa0, 0xf0, 0x9f, 0xf4,
                                        0xff)
                                .map(octet -> new byte[] {octet.byteValue()}))
                .list()
                .ofMaxSize(30)
                .map(Utf8Properties::joined);
    }

    private static byte[] joined(Iterable<byte[]> parts) {
        ByteWriter all = new ByteWriter(64);
        parts.forEach(all::octets);
        return all.bytes();
    }

    @Property
    void shouldKnowWhatIsUtf8(@ForAll("bytes") byte[] bytes) {
        String javas = new String(bytes, UTF_8);

        assertThat(runs(UnicodeText.repaired(UnicodeText.decode(ByteBuffer.wrap(bytes)))))
                .isEqualTo(runs(javas));
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(!javas.contains("\ufffd"));
    }

    /** How many a run of broken bytes is, the decoders of Java do not agree on. */
    private static String runs(String text) {
        return text.replaceAll("\ufffd+", "\ufffd");
    }
}
