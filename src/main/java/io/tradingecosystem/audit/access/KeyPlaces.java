package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.access.IssuerKeys.Place;
import io.tradingecosystem.audit.settings.JwtSettings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Where an issuer's keys are read from. Redirects are not followed, and no more than 1 MiB is. */
final class KeyPlaces {
    private static final int MAX_SIZE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private KeyPlaces() {}

    static Place of(JwtSettings settings) {
        return settings.address()
                .map(KeyPlaces::fetched)
                .orElseGet(() -> inFile(settings.file().orElseThrow()));
    }

    private static Place inFile(Path file) {
        return () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return text(in);
            }
        };
    }

    private static Place fetched(URI address) {
        HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return () -> {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("the answer is " + response.statusCode() + ", not 200");
                }
                return text(body);
            }
        };
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        if (bytes.length > MAX_SIZE) {
            throw new IOException("it is larger than " + MAX_SIZE + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
