package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The forms are on disk, so they are compared with what others make of the same values. */
class ByteWriterTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldWriteTheFormsThatAreOnDisk() {
        ByteWriter out = new ByteWriter(0);

        out.octet(0x1ff).number32(258).number(-2).real(1.5).varint(300).zigzag(-3);
        out.count(127).count(128).text("zwölf").octets(new byte[] {1, 2, 3, 4}, 1, 2);

        assertThat(HEX.formatHex(out.bytes()))
                .isEqualTo(
                        "ff"
                                + "00000102"
                                + "fffffffffffffffe"
                                + "3ff8000000000000"
                                + "ac02"
                                + "05"
                                + "7f"
                                + "8001"
                                + "067a77c3b66c66"
                                + "0203");
    }

    @Property
    void shouldWriteNumbersAsTheJdkDoes(@ForAll int small, @ForAll long large, @ForAll double real)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream jdk = new DataOutputStream(bytes);
        jdk.writeByte(small);
        jdk.writeInt(small);
        jdk.writeLong(large);
        jdk.write(ByteBuffer.allocate(Double.BYTES).putDouble(real).array());

        ByteWriter out = new ByteWriter(1).octet(small).number32(small).number(large).real(real);

        assertThat(out.bytes()).isEqualTo(bytes.toByteArray());
    }

    @Property
    void shouldWriteVarintsAsProtobufDoes(@ForAll long value, @ForAll @Positive int count)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var protobuf = com.google.protobuf.CodedOutputStream.newInstance(bytes);
        protobuf.writeUInt64NoTag(value);
        protobuf.writeSInt64NoTag(value);
        protobuf.writeUInt32NoTag(count);
        protobuf.flush();

        ByteWriter out = new ByteWriter(8).varint(value).zigzag(value).count(count);

        assertThat(out.bytes()).isEqualTo(bytes.toByteArray());
    }

    @Property
    void shouldBeReadBack(
            @ForAll int octet,
            @ForAll long number,
            @ForAll double real,
            @ForAll @IntRange(min = 0) int count,
            @ForAll String text,
            @ForAll byte[] octets) {
        ByteWriter out = new ByteWriter(4);
        out.octet(octet).number(number).real(real).count(count).text(text);
        out.varint(number).zigzag(number).count(octets.length).octets(octets);

        ByteReader in = new ByteReader(out.bytes());

        assertThat(in.octet()).isEqualTo(octet & 0xff);
        assertThat(in.number()).isEqualTo(number);
        assertThat(in.real()).isEqualTo(real);
        assertThat(in.count()).isEqualTo(count);
        assertThat(in.text()).isEqualTo(asUtf8(text));
        assertThat(in.varint()).isEqualTo(number);
        assertThat(in.zigzag()).isEqualTo(number);
        assertThat(in.octets(in.count())).isEqualTo(octets);
        assertThat(in.hasMore()).isFalse();
    }

    @Property
    void shouldKeepTheOrderOfNumbersFromZero(
            @ForAll @Positive long one, @ForAll @Positive long other) {
        assertThat(Integer.signum(Arrays.compareUnsigned(BigEndian.of(one), BigEndian.of(other))))
                .isEqualTo(Long.compare(one, other));
    }

    @Test
    void shouldStartOverInTheSameArray() {
        ByteWriter out = new ByteWriter(16).number(7);
        byte[] array = out.array();

        out.clear();
        out.octet(1);

        assertThat(out.size()).isEqualTo(1);
        assertThat(out.bytes()).containsExactly(1);
        assertThat(out.array()).isSameAs(array);
    }

    @Test
    void shouldNotReadPastTheEnd() {
        ByteReader in = new ByteReader(new byte[] {1, 2, 3});

        assertThatThrownBy(in::number).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** A lone surrogate has no form in UTF-8. */
    private static String asUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
