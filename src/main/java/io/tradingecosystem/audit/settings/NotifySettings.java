package io.tradingecosystem.audit.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is told of verdicts. Whatever stands under {@code defaults} can be set for one webhook under
 * its name.
 *
 * @param publicUrl where people find the page of this service, for links; absent means no links
 * @param webhooks the receivers, in the order of their names in the settings
 * @param tls whom we trust and who we are, for {@code https://}
 */
public record NotifySettings(
        Optional<URI> publicUrl, List<WebhookSettings> webhooks, TlsSettings tls) {
    /** The most webhooks. */
    public static final int MAX_WEBHOOKS = 16;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of("webhooks", "defaults", "public-url", "tls");

    public NotifySettings {
        webhooks = List.copyOf(webhooks);
    }

    static NotifySettings from(Section section) {
        Optional<URI> publicUrl = publicUrl(section);
        Set<String> names = names(section);
        WebhookSettings defaults =
                WebhookSettings.from("", section.section("defaults"), WebhookSettings.defaults());
        List<WebhookSettings> webhooks = new ArrayList<>();
        for (String name : names) {
            webhooks.add(WebhookAddress.from(name, section.section(name), defaults));
        }
        return new NotifySettings(
                publicUrl, webhooks, TlsSettings.ofClient(section.section("tls")));
    }

    private static Optional<URI> publicUrl(Section section) {
        String text =
                section.text(
                        "public-url",
                        "",
                        each -> each.isEmpty() || WebhookAddress.parse(each).isPresent(),
                        WebhookAddress.URL);
        return text.isEmpty() ? Optional.empty() : WebhookAddress.parse(text);
    }

    private static Set<String> names(Section section) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : section.texts("webhooks", List.of())) {
            if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                section.problem(
                        "webhooks", name, "names as DNS labels, other than " + sorted(RESERVED));
            } else if (names.size() == MAX_WEBHOOKS) {
                section.problem("webhooks", name, "at most " + MAX_WEBHOOKS + " names");
            } else if (!names.add(name)) {
                section.problem("webhooks", name, "each name once");
            }
        }
        return names;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
