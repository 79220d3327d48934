package io.tradingecosystem.audit.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads where a webhook's receiver is, and what it is signed to with. Neither is shown: a
 * receiver's address often is all that somebody needs to write to it.
 */
final class WebhookAddress {
    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final long MAX_FILE = 64 << 10;
    static final String URL =
            "http:// or https:// with a host, and without user, password or fragment";
    private static final String SECRET =
            "whsec_ and %d to %d bytes in Base64, as of `echo whsec_$(openssl rand -base64 32)`"
                    .formatted(MIN_BYTES, MAX_BYTES);

    private WebhookAddress() {}

    /** A webhook that has an address. */
    static WebhookSettings from(String name, Section section, WebhookSettings defaults) {
        URI url = url(section);
        List<Secret> keys = new ArrayList<>();
        Optional<Secret> current = secret(section, "secret");
        current.filter(key -> isValid(section, "secret", key)).ifPresent(keys::add);
        if (current.isEmpty()) {
            section.problem("secret", "", "what messages are signed with: " + SECRET);
        }
        secret(section, "previous-secret")
                .filter(key -> isValid(section, "previous-secret", key))
                .ifPresent(keys::add);
        return WebhookSettings.from(name, section, defaults).at(url, keys);
    }

    private static URI url(Section section) {
        String text =
                section.text("url", "", each -> each.isEmpty() || parse(each).isPresent(), URL);
        if (text.isEmpty()) {
            section.problem("url", "", "where the receiver is: " + URL);
        }
        return parse(text).orElse(URI.create(""));
    }

    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean fits =
                    ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null;
            return fits ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Secret> secret(Section section, String name) {
        Optional<Secret> written = section.secret(name);
        Optional<String> file = section.optionalText(name + "-file");
        if (written.isPresent() && file.isPresent()) {
            section.problem(name, "", "one of " + name + " and " + name + "-file");
        }
        return written.or(() -> file.flatMap(path -> read(section, name + "-file", path)));
    }

    private static Optional<Secret> read(Section section, String name, String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) <= MAX_FILE) {
                return Optional.of(
                        new Secret(Files.readString(path, StandardCharsets.UTF_8).strip()));
            }
        } catch (IOException | InvalidPathException e) {
            section.problem(name, file, "a file that can be read, of 64 KiB at most");
            return Optional.of(new Secret(""));
        }
        section.problem(name, file, "a file of 64 KiB at most");
        return Optional.of(new Secret(""));
    }

    /** What a file does not have is told already. */
    private static boolean isValid(Section section, String name, Secret secret) {
        boolean valid = isKey(secret.value());
        if (!valid && !secret.value().isEmpty()) {
            section.problem(name, secret.value(), SECRET);
        }
        return valid;
    }

    private static boolean isKey(String text) {
        try {
            int bytes =
                    text.startsWith(PREFIX)
                            ? Base64.getDecoder().decode(text.substring(PREFIX.length())).length
                            : 0;
            return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
