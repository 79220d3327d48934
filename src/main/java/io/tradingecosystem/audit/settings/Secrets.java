package io.tradingecosystem.audit.settings;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that are secret, or have a secret in them. Wherever a value is shown, what is secret
 * of it is not.
 */
final class Secrets {
    static final String MASK = "********";

    /** All of them. */
    static final Set<String> KEYS = Set.of("registry.redis-password", "registry.redis-url");

    /** Of these, all is secret; of others, the credentials in an address. */
    private static final Set<String> WHOLE = Set.of("registry.redis-password");

    /** The keys of webhooks are named by the user. */
    private static final Pattern WEBHOOK_SECRET =
            Pattern.compile("notify\\.[^.]+\\.(previous-)?secret");

    /** Who knows the whole address of a webhook's receiver can often write to it. */
    private static final Pattern WEBHOOK_URL = Pattern.compile("notify\\.[^.]+\\.url");

    private static final Pattern BEHIND_HOST = Pattern.compile("^(\\w+://[^/?#\\s]+)([/?#].+)?$");

    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)\\S*@");
    private static final Pattern NO_ADDRESS = Pattern.compile("^(?!\\w+://)\\S*@");
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i).*(pass?w|pwd|secret|credential|token)[^.]*");

    private Secrets() {}

    /** What people see of a setting. */
    static String shown(String key, String value) {
        if (WHOLE.contains(key) || WEBHOOK_SECRET.matcher(key).matches()) {
            return value.isEmpty() ? "" : MASK;
        }
        if (WEBHOOK_URL.matcher(key).matches()) {
            return shownOfWebhook(value);
        }
        String shown = CREDENTIALS.matcher(value).replaceAll(MASK + "@");
        return KEYS.contains(key) ? NO_ADDRESS.matcher(shown).replaceAll(MASK + "@") : shown;
    }

    private static String shownOfWebhook(String url) {
        Matcher parts = BEHIND_HOST.matcher(CREDENTIALS.matcher(url).replaceAll(MASK + "@"));
        if (!parts.matches()) {
            return url.isEmpty() ? "" : MASK;
        }
        return parts.group(2) == null ? parts.group(1) : parts.group(1) + "/" + MASK;
    }

    /** The same of a setting that there is not: it may be a secret whose name is written wrong. */
    static String shownOfUnknown(String key, String value) {
        boolean hidden = SUSPICIOUS.matcher(key).matches() && !value.isEmpty();
        return hidden ? MASK : shown(key, value);
    }
}
