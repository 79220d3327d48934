package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.problem.ProblemException;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What browsers may do, which send whatever a page of anybody asks for. A request that a browser
 * marks ({@code Origin}, {@code Sec-Fetch-Site}: the Fetch standard, Fetch Metadata) is served
 * under a name that is ours only, as a foreign name may lead here for a page of its own (DNS
 * rebinding); and changes something only for an own page or one of the allowed origins. What
 * changes something is of a media type that no form can send, marked or not. Immutable.
 */
final class BrowserRules {
    /** What a form, or a page without a preflight request, can send. */
    private static final Set<String> FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private static final String OWN_SITE = "same-origin";
    private static final Set<String> OWN_SITES = Set.of(OWN_SITE, "none");
    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Set<String> hosts;
    private final List<String> origins;

    /**
     * @param hosts the names under which browsers reach this service, in small letters
     * @param origins whose pages may change something; {@code *} for all
     */
    BrowserRules(Set<String> hosts, List<String> origins) {
        this.hosts = Set.copyOf(hosts);
        this.origins = List.copyOf(origins);
    }

    /**
     * What a request says of where it comes from.
     *
     * @param host the header {@code Host}
     * @param origin the page's origin
     * @param site how that relates to ours, as the browser sees it
     * @param mediaType of the body
     */
    record Marks(
            String host,
            Optional<String> origin,
            Optional<String> site,
            Optional<String> mediaType) {

        boolean isOfBrowser() {
            return origin.isPresent() || site.isPresent();
        }
    }

    /**
     * Passes what may be served.
     *
     * @param changes whether it can change something
     * @throws ProblemException 403 or 415
     */
    void require(Marks marks, boolean changes) {
        if (marks.isOfBrowser()) {
            requireHost(marks.host());
        }
        if (changes) {
            requireOrigin(marks);
            marks.mediaType().ifPresent(BrowserRules::requireNoForm);
        }
    }

    /**
     * Whether the page that asks is our own, so that the session of who looks at it counts. What
     * changes something must say so itself; what reads may come from an address that was typed, or
     * from a program that marks nothing.
     *
     * @param secure whether the request came by TLS
     */
    static boolean isOwnPage(Marks marks, boolean changes, boolean secure) {
        boolean origin = marks.origin().map(page -> isOwn(page, marks.host(), secure)).orElse(true);
        boolean site =
                marks.site()
                        .map(where -> changes ? where.equals(OWN_SITE) : OWN_SITES.contains(where))
                        .orElse(true);
        return origin && site && (!changes || marks.isOfBrowser());
    }

    /** A page that came without TLS may be anybody's. */
    private static boolean isOwn(String origin, String host, boolean secure) {
        return isOwn(origin, host) && (!secure || origin.startsWith("https:"));
    }

    private void requireHost(String host) {
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        boolean local = name.equals("localhost") || name.endsWith(".localhost");
        if (!local && !ADDRESS.matcher(name).matches() && !hosts.contains(name)) {
            throw Denial.UNKNOWN_HOST.exception(
                    "browsers do not reach this service as %s; if they should, add it to"
                                    .formatted(name)
                            + " access.hosts.");
        }
    }

    private void requireOrigin(Marks marks) {
        boolean own =
                marks.origin().isPresent()
                        ? isOwn(marks.origin().get(), marks.host())
                        : marks.site().map(OWN_SITES::contains).orElse(true);
        if (!own && !isAllowed(marks.origin())) {
            throw Denial.FOREIGN_ORIGIN.exception(
                    "a page of %s may not change anything here; server.http.cors-origins says whose may."
                            .formatted(marks.origin().orElse("another site")));
        }
    }

    private boolean isAllowed(Optional<String> origin) {
        return origins.contains("*") || origin.filter(origins::contains).isPresent();
    }

    private static boolean isOwn(String origin, String host) {
        return origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    private static void requireNoForm(String mediaType) {
        String type = mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (FORMS.contains(type)) {
            throw Denial.FORM_MEDIA_TYPE.exception(
                    "any page's form can send %s; say what the body is, such as Content-Type:"
                                    .formatted(type)
                            + " application/json (curl: --json).");
        }
    }
}
