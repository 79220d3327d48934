package io.tradingecosystem.audit.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.grpc.Metadata;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.ToDoubleFunction;

/**
 * What a call costs more that shows a token: health over gRPC and HTTP without one, with a static
 * one of a hundred, and with a signed one, 64 in flight; and with another header as long as that,
 * which is read as any is. They are measured in turns of a short time each, in another order every
 * time, and compared within each turn, so that what else the machine does falls on all of them.
 *
 * <p>Goal: under 5 %.
 */
public final class TokenCost {
    private static final int IN_FLIGHT = 64;
    private static final long ROUND_NANOS = 300_000_000L;
    private static final int TOKENS = 100;
    private static final Path DIRECTORY = Path.of("target", "bench-data", "token-cost");
    private static final String AUTHORIZATION = "authorization";
    private static final String ISSUER = "https://issuer.example";

    private TokenCost() {}

    public static void main(String[] arguments) throws Exception {
        BenchArguments asked =
                BenchArguments.of(
                        arguments, List.of("grpc", "http"), Map.of("rounds", 60L, "warm-up", 15L));
        Files.createDirectories(DIRECTORY);
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        String signed = "Bearer " + signed(key);
        List<Shown> kinds =
                List.of(
                        new Shown("none", "", ""),
                        new Shown("static", AUTHORIZATION, "Bearer token-" + TOKENS / 2),
                        new Shown("signed", AUTHORIZATION, signed),
                        new Shown("unread", "x-other", signed));
        try (AuditCorrelator service = AuditCorrelator.start(settings(key))) {
            System.out.println("                 requests a second     server CPU, us a request");
            System.out.println("                  rate  of none       CPU  of none");
            for (String mode : asked.modes()) {
                List<Load> loads =
                        kinds.stream()
                                .map(
                                        shown ->
                                                mode.equals("grpc")
                                                        ? grpc(service.grpcPort(), shown)
                                                        : http(service.httpPort(), shown))
                                .toList();
                compare(mode, kinds, loads, asked.size("warm-up"), asked.size("rounds"));
            }
        }
    }

    /** What a kind of caller shows; the last is as long as the one before, and nobody reads it. */
    private record Shown(String name, String header, String value) {}

    /** One turn of one kind of caller. */
    private interface Load {
        Turn run() throws Exception;
    }

    private record Turn(double rate, double serverMicros) {}

    private static Load grpc(int port, Shown shown) {
        Metadata headers = new Metadata();
        if (!shown.header().isEmpty()) {
            headers.put(
                    Metadata.Key.of(shown.header(), Metadata.ASCII_STRING_MARSHALLER),
                    shown.value());
        }
        GrpcLoad load = new GrpcLoad(headers, ROUND_NANOS);
        return () -> {
            GrpcLoad.Round round = load.run(IN_FLIGHT, port);
            return new Turn(round.perSecond(), round.serverMicros());
        };
    }

    private static Load http(int port, Shown shown) {
        String header =
                shown.header().isEmpty() ? "" : shown.header() + ": " + shown.value() + "\r\n";
        HttpLoad load =
                new HttpLoad(
                        "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n",
                        ROUND_NANOS);
        return () -> {
            HttpLoad.Run run = load.run(IN_FLIGHT, port);
            return new Turn(run.rate(), run.serverMicros());
        };
    }

    private static void compare(
            String mode, List<Shown> kinds, List<Load> loads, int warmUp, int rounds)
            throws Exception {
        Turn[][] turns = new Turn[rounds][loads.size()];
        for (int round = -warmUp; round < rounds; round++) {
            for (int i = 0; i < loads.size(); i++) {
                int place = Math.floorMod(round + i, loads.size());
                Turn turn = loads.get(place).run();
                if (round >= 0) {
                    turns[round][place] = turn;
                }
            }
        }
        for (int i = 0; i < loads.size(); i++) {
            int place = i;
            System.out.printf(
                    Locale.ROOT,
                    "%s %-8s %10.0f %8.3f %9.2f %8.3f%n",
                    mode,
                    kinds.get(i).name(),
                    median(turns, turn -> turn[place].rate()),
                    median(turns, turn -> turn[place].rate() / turn[0].rate()),
                    median(turns, turn -> turn[place].serverMicros()),
                    median(turns, turn -> turn[place].serverMicros() / turn[0].serverMicros()));
        }
    }

    private static double median(Turn[][] turns, ToDoubleFunction<Turn[]> value) {
        return Arrays.stream(turns).mapToDouble(value).sorted().toArray()[turns.length / 2];
    }

    private static Settings settings(ECKey key) throws IOException {
        StringBuilder tokens = new StringBuilder();
        for (int i = 0; i < TOKENS; i++) {
            tokens.append("caller-%d sha256:%s%n".formatted(i, hash("token-" + i)));
        }
        Properties properties = new Properties();
        properties.put("server.http.port", "0");
        properties.put("server.grpc.port", "0");
        properties.put("registry.backend", "in-process");
        properties.put("store.path", DIRECTORY.resolve("log").toString());
        properties.put("access.tokens", write("tokens", tokens.toString()));
        properties.put("access.jwt.keys", write("keys.json", new JWKSet(key).toString()));
        properties.put("access.jwt.issuer", ISSUER);
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }

    private static String write(String file, String text) throws IOException {
        return Files.writeString(DIRECTORY.resolve(file), text).toString();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(ECKey key) throws JOSEException {
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("audit-correlator")
                        .subject("somebody")
                        .claim("roles", List.of("trading-operators"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                        .build();
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
