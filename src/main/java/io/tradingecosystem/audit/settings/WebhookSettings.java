package io.tradingecosystem.audit.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A receiver of verdicts.
 *
 * @param name by which its position is kept; another name is another webhook
 * @param url where it is; it may have a secret in its path or query
 * @param keys what messages are signed with, the current one first
 * @param versions which versions of a verdict it is told of
 * @param statuses only verdicts of these: passed, failed, inconclusive; empty means all
 * @param criticalOnly only verdicts of critical expectations
 * @param expectations only those whose name fits one of these globs; empty means all
 * @param scenarios only those whose kind of run fits one of these globs; empty means all
 * @param timeout for one attempt with its whole answer
 * @param attempts how often one event is refused by 400, 413, 415 or 422 until it is put aside
 * @param giveUpAfter how long a receiver may answer one event with what is neither taken nor asks
 *     for time, until that is put aside; zero for as long as it takes
 * @param from where a webhook begins that is new
 */
public record WebhookSettings(
        String name,
        URI url,
        List<Secret> keys,
        Versions versions,
        Set<String> statuses,
        boolean criticalOnly,
        List<String> expectations,
        List<String> scenarios,
        Duration timeout,
        int attempts,
        Duration giveUpAfter,
        From from) {
    private static final List<String> STATUSES = List.of("passed", "failed", "inconclusive");
    private static final int MAX_GLOBS = 100;
    private static final int MAX_GLOB_LENGTH = 1_000;
    private static final int MAX_STARS = 32;

    public WebhookSettings {
        keys = List.copyOf(keys);
        statuses = Set.copyOf(statuses);
        expectations = List.copyOf(expectations);
        scenarios = List.copyOf(scenarios);
    }

    /** Which versions of a verdict are told. */
    public enum Versions {
        /** Those that are final; one that is amended afterwards is told again. */
        FINAL,
        /** Each when it is made, and again when it becomes final. */
        ALL
    }

    /** Where a webhook begins that has no position yet. */
    public enum From {
        /** With the next verdict. */
        END,
        /** With the oldest verdict that is kept. */
        BEGINNING
    }

    static WebhookSettings defaults() {
        return new WebhookSettings(
                "",
                URI.create(""),
                List.of(),
                Versions.FINAL,
                Set.of(),
                false,
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                5,
                Duration.ZERO,
                From.END);
    }

    static WebhookSettings from(String name, Section section, WebhookSettings otherwise) {
        return new WebhookSettings(
                name,
                otherwise.url,
                otherwise.keys,
                section.choice("versions", otherwise.versions),
                statuses(section, otherwise),
                section.flag("critical-only", otherwise.criticalOnly),
                globs(section, "expectations", otherwise.expectations),
                globs(section, "scenarios", otherwise.scenarios),
                section.duration(
                        "timeout",
                        otherwise.timeout,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                section.integer("attempts", otherwise.attempts, 1, 100),
                section.duration(
                        "give-up-after", otherwise.giveUpAfter, Duration.ZERO, Duration.ofDays(30)),
                section.choice("from", otherwise.from));
    }

    WebhookSettings at(URI address, List<Secret> secrets) {
        return new WebhookSettings(
                name,
                address,
                secrets,
                versions,
                statuses,
                criticalOnly,
                expectations,
                scenarios,
                timeout,
                attempts,
                giveUpAfter,
                from);
    }

    /** Without the address, in which a secret may be. */
    @Override
    public String toString() {
        return "WebhookSettings[" + name + " at " + url.getHost() + "]";
    }

    private static Set<String> statuses(Section section, WebhookSettings otherwise) {
        Set<String> chosen = new TreeSet<>();
        for (String text : section.texts("statuses", sorted(otherwise.statuses))) {
            String status = text.toLowerCase(Locale.ROOT);
            if (STATUSES.contains(status)) {
                chosen.add(status);
            } else {
                section.problem("statuses", text, "some of " + String.join(", ", STATUSES));
            }
        }
        return chosen;
    }

    private static List<String> sorted(Set<String> texts) {
        return texts.stream().sorted().toList();
    }

    private static List<String> globs(Section section, String name, List<String> otherwise) {
        List<String> globs = section.texts(name, otherwise);
        if (globs.size() > MAX_GLOBS) {
            section.problem(name, globs.size() + " globs", "at most " + MAX_GLOBS);
        }
        globs.stream()
                .filter(glob -> !isUsable(glob))
                .forEach(
                        glob ->
                                section.problem(
                                        name,
                                        glob,
                                        "globs of at most %d characters and %d stars"
                                                .formatted(MAX_GLOB_LENGTH, MAX_STARS)));
        return globs;
    }

    private static boolean isUsable(String glob) {
        return glob.length() <= MAX_GLOB_LENGTH
                && glob.chars().filter(each -> each == '*').count() <= MAX_STARS;
    }
}
