package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.RequestException;
import io.tradingecosystem.audit.common.ByteWriter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** One form of a path, in which what was quoted stays data. */
class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b?c=d&e, /a/b?c=d&e",
        "/a/, /a",
        "/a/?b, /a?b",
        "//, /",
        "/a%2Fb, /a%252Fb",
        "/a%2fb, /a%252fb",
        "/a%252Fb, /a%25252Fb",
        "/?a=%2F, /?a=%2F",
        "/a;b, /a%3Bb",
        "/a|b, /a%7Cb",
        "'/?a={\"b\":[1]}', /?a=%7B%22b%22:%5B1%5D%7D",
        "/%C3%A4, /%C3%A4",
        "/..., /...",
        "/.a, /.a"
    })
    void shouldWriteOneForm(String target, String normal) {
        assertThat(normal(target)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/#",
                "/?#",
                "/%",
                "/%2",
                "/%zz",
                "/%+1",
                "/?%2",
                "/.",
                "/..",
                "/a/../b",
                "/a/.",
                "/%2e%2E/a",
                "/.%2e",
                "/%00",
                "/%0A",
                "/%7f",
                "/%C3",
                "/?a=%FF",
                "/\u00e4",
                "/\u0007"
            })
    void shouldRefuse(String target) {
        assertThatThrownBy(() -> normal(target)).isInstanceOf(RequestException.class);
    }

    private static String normal(String target) {
        ByteWriter out = new ByteWriter(8);
        byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
        RequestTarget.write(bytes, 0, bytes.length, out);
        return new String(out.bytes(), StandardCharsets.ISO_8859_1);
    }
}
