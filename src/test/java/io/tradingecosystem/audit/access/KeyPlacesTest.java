package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.tradingecosystem.audit.access.IssuerKeys.Place;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

@Timeout(30)
class KeyPlacesTest {
    private static final int MIB = 1 << 20;

    @TempDir private Path directory;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/keys", 200, "the keys");
        answer("/large", 200, "k".repeat(MIB));
        answer("/larger", 200, "k".repeat(MIB + 1));
        answer("/missing", 404, "the keys");
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", address("/keys"));
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldReadWhatTheAddressAnswers() throws Exception {
        assertThat(place(address("/keys")).read()).isEqualTo("the keys");
        assertThat(place(address("/large")).read()).hasSize(MIB);
    }

    @Test
    void shouldTakeNothingButAShortAnswer() {
        assertThatThrownBy(() -> place(address("/missing")).read())
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is 404, not 200");
        assertThatThrownBy(() -> place(address("/larger")).read())
                .isInstanceOf(IOException.class)
                .hasMessage("it is larger than 1048576 bytes");
    }

    /** Who can answer for the issuer may not choose another place that is asked. */
    @Test
    void shouldNotFollowARedirect() {
        assertThatThrownBy(() -> place(address("/moved")).read())
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is 302, not 200");
    }

    @Test
    void shouldReadAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "the keys");

        assertThat(place(file.toString()).read()).isEqualTo("the keys");
    }

    private void answer(String path, int status, String text) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (exchange) {
                        exchange.getResponseBody().write(bytes);
                    }
                });
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Place place(String keys) {
        return KeyPlaces.of(
                TestSettings.of(
                                Map.of(
                                        "access.jwt.keys",
                                        keys,
                                        "access.jwt.issuer",
                                        "https://issuer.example"))
                        .access()
                        .jwt());
    }
}
