package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradingecosystem.audit.testing.CorrelatorProcess;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the doors agree to, asked by OpenSSL, which offers what Java would not. */
class OpensslTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REFUSED = "Cipher is (NONE)";

    @TempDir Path directory;

    @Test
    void shouldSpeakNothingOfBeforeAndNegotiateOnce() throws Exception {
        assumeTrue(found(), "no openssl on the PATH");
        run(
                "",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-keyout",
                file("key"),
                "-out",
                file("certificate"));
        int grpc = RedisServer.freePort();
        CorrelatorProcess process = CorrelatorProcess.start("openssl", settings(grpc));
        try {
            for (int port : new int[] {process.port("HTTP", PATIENCE), grpc}) {
                assertThat(hello(port, "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"))
                        .contains(REFUSED);
                assertThat(hello(port, "-tls1_2", "-cipher", "AES128-GCM-SHA256"))
                        .contains(REFUSED);
                assertThat(hello(port, "-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256"))
                        .contains(REFUSED);
                assertThat(hello(port, "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"))
                        .contains("Cipher is ECDHE-RSA-AES128-GCM-SHA256");
                assertThat(hello(port, "-tls1_3")).contains("Cipher is TLS_AES_256_GCM_SHA384");
                assertThat(run("R\n", connecting(port, "-tls1_2")))
                        .contains("RENEGOTIATING")
                        .contains("alert handshake failure");
            }
        } finally {
            process.kill();
        }
    }

    private Map<String, String> settings(int grpc) {
        Map<String, String> settings = new HashMap<>();
        settings.put("server.grpc.port", Integer.toString(grpc));
        settings.put("registry.backend", "in-process");
        settings.put("configuration.address", "off");
        for (String door : List.of("http", "grpc")) {
            settings.put("server." + door + ".tls.certificate", file("certificate"));
            settings.put("server." + door + ".tls.key", file("key"));
        }
        return settings;
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static String hello(int port, String... options) throws Exception {
        return run("", connecting(port, options));
    }

    private static String[] connecting(int port, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** What it says, whatever comes of it. */
    private static String run(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
        openssl.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        openssl.getOutputStream().flush();
        if (input.isEmpty()) {
            // With input it is to end by itself, by what the other side says.
            openssl.getOutputStream().close();
        }
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static boolean found() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "openssl"))) {
                return true;
            }
        }
        return false;
    }
}
