package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What others see of a process that is stopped, goes on, ends or is killed. */
class RedisProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String KEY = "services:audit-correlator:a-1";

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void shouldVanishWhileStoppedPastItsTimeToLiveAndBeBackWhenItGoesOn() throws Exception {
        Process service = start();
        try {
            awaitRegistered();

            signal(service, "-STOP");
            await().atMost(PATIENCE).until(() -> redis.client().keys("*services:*").isEmpty());
            signal(service, "-CONT");

            awaitRegistered();
        } finally {
            end(service);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItEnds() throws Exception {
        Process service = start();
        try {
            awaitRegistered();

            service.getOutputStream().close();

            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(service.exitValue()).isZero();
            assertThat(redis.client().keys("*")).isEmpty();
        } finally {
            end(service);
        }
    }

    @Test
    void shouldExpireWhenKilled() throws Exception {
        Process service = start();
        try {
            awaitRegistered();

            service.destroyForcibly();

            await().atMost(PATIENCE).until(() -> redis.client().keys("*services:*").isEmpty());
        } finally {
            end(service);
        }
    }

    @Test
    void shouldSpeakTlsToARedisThatItTrustsAndToNoOther(@TempDir Path keys) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl to make keys with");
        Path certificate = keys.resolve("certificate.pem");
        Path key = keys.resolve("key.pem");
        Path trusted = keys.resolve("trusted.p12");
        run(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
                        + " -addext subjectAltName=DNS:localhost -keyout %s -out %s",
                key, certificate);
        run(
                JAVA_HOME
                        + "/bin/keytool -importcert -noprompt -storetype PKCS12"
                        + " -storepass secret -alias redis -file %s -keystore %s",
                certificate,
                trusted);
        int port = RedisServer.freePort();
        try (RedisServer tls =
                RedisServer.start(
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString(),
                        "--tls-auth-clients",
                        "no",
                        "--user",
                        "audit",
                        "on",
                        ">secret",
                        "~*",
                        "&*",
                        "+@all")) {
            String trust = "-Djavax.net.ssl.trustStore=" + trusted;
            String opened = "-Djavax.net.ssl.trustStorePassword=secret";
            Process wrongName = start("rediss://audit:secret@127.0.0.1:" + port, trust, opened);
            Process distrusting = start("rediss://audit:secret@localhost:" + port);
            Process trusting = start("rediss://audit:secret@localhost:" + port, trust, opened);
            try {
                await().atMost(PATIENCE).until(() -> tls.client().exists(KEY));
                trusting.getOutputStream().close();
                assertThat(trusting.waitFor(30, TimeUnit.SECONDS)).isTrue();

                // The two others had the same time, and are still trying.
                assertThat(tls.client().exists(KEY)).isFalse();
                assertThat(distrusting.isAlive()).isTrue();
                assertThat(wrongName.isAlive()).isTrue();
            } finally {
                end(trusting);
                end(distrusting);
                end(wrongName);
            }
        }
    }

    private static void run(String command, Object... arguments) throws Exception {
        Process process =
                new ProcessBuilder(command.formatted(arguments).split(" "))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private Process start() throws IOException {
        return start(redis.uri().toString());
    }

    private static Process start(String redis, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(JAVA_HOME, "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(RegistryProcess.class.getName(), redis));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitRegistered() {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                redis.client().exists(KEY)
                                        && redis.client().exists("services:audit-correlator")
                                        && redis.client()
                                                .exists("registry:services:audit-correlator"));
    }

    private static void signal(Process service, String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(service.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void end(Process service) throws InterruptedException {
        service.destroyForcibly();
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
