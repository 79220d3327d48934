package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.monitoring.Identity;

import java.util.List;

/**
 * The page at {@code /}: which service this is, where to look, and what rooms add to it. Scripts
 * and styles are files of this service; nothing runs that stands in the page itself.
 */
public final class IndexPage implements HttpService {
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
    private static final String OWN_FILES =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String STYLE =
            """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 46rem; padding: 0 1rem;
                   color-scheme: light dark; }
            h1 { margin-bottom: 0; }
            td { padding: .2rem 1.5rem .2rem 0; vertical-align: top; }
            """;

    private final StaticFile page;
    private final StaticFile style = StaticFile.text(STYLE, "text/css; charset=utf-8");

    /**
     * The page.
     *
     * @param about what the service is for, in a sentence
     * @param parts HTML that rooms add below the links
     */
    public IndexPage(Identity identity, String about, List<Link> links, List<String> parts) {
        String html = html(identity, about, links, String.join("", parts));
        this.page = StaticFile.text(html, "text/html; charset=utf-8");
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                        "/",
                        (request, response) -> {
                            response.header(POLICY, OWN_FILES);
                            page.handle(request, response);
                        })
                .get("/page.css", style);
    }

    /**
     * One line of the page.
     *
     * @param path where it leads
     * @param text what is there
     */
    public record Link(String path, String text) {}

    private static String html(Identity identity, String about, List<Link> links, String parts) {
        StringBuilder rows = new StringBuilder();
        for (Link link : links) {
            rows.append(
                    "<tr><td><a href=\"%1$s\">%1$s</a></td><td>%2$s</td></tr>\n"
                            .formatted(
                                    PrintableText.html(link.path()),
                                    PrintableText.html(link.text())));
        }
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <link rel="stylesheet" href="/page.css">
        </head>
        <body>
        <h1>%1$s</h1>
        <p>%6$s</p>
        <p>Instance %2$s, version %3$s, %4$s.</p>
        <table>
        %5$s</table>
        %7$s</body>
        </html>
        """
                .formatted(
                        PrintableText.html(identity.service()),
                        PrintableText.html(identity.instance()),
                        PrintableText.html(identity.version()),
                        PrintableText.html(identity.environment()),
                        rows,
                        PrintableText.html(about),
                        parts);
    }
}
