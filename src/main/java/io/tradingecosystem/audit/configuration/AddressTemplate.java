package io.tradingecosystem.audit.configuration;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the value of a key is: {@code {url}/api/v1/configuration/{key}} with its blanks filled in.
 * Keys are percent-encoded (RFC 3986, all but unreserved characters), so that no key can leave its
 * place in the path or query.
 */
final class AddressTemplate {
    private static final Pattern BLANK = Pattern.compile("\\{(url|key|environment)}");

    private final String template;
    private final String environment;

    AddressTemplate(String template, String environment) {
        this.template = template;
        this.environment = encode(environment);
    }

    URI of(URI service, String key) {
        String url = service.toString().replaceAll("/+$", "");
        return URI.create(
                BLANK.matcher(template)
                        .replaceAll(blank -> Matcher.quoteReplacement(fill(blank, url, key))));
    }

    private String fill(MatchResult blank, String url, String key) {
        return switch (blank.group(1)) {
            case "url" -> url;
            case "key" -> encode(key);
            default -> environment;
        };
    }

    /** As URLEncoder does for forms, with a space that is understood in a path too. */
    private static String encode(String text) {
        String encoded =
                URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
        // A segment of dots would be taken for a step through the path.
        return encoded.matches("\\.{1,2}") ? encoded.replace(".", "%2E") : encoded;
    }
}
