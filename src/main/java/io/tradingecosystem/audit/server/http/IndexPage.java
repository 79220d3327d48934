package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.monitoring.Identity;

import java.util.List;

/**
 * The page at {@code /}: which service this is, and where to look. The style is a file of this
 * service; nothing runs.
 */
public final class IndexPage implements HttpService {
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
    private static final String OWN_FILES =
            "default-src 'none'; style-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String STYLE =
            """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 46rem; padding: 0 1rem;
                   color-scheme: light dark; }
            h1 { margin-bottom: 0; }
            td { padding: .2rem 1.5rem .2rem 0; vertical-align: top; }
            """;

    private final String content;
    private final StaticFile page;
    private final StaticFile style = StaticFile.text(STYLE, "text/css; charset=utf-8");

    /**
     * The page.
     *
     * @param about what the service is for, in a sentence
     */
    public IndexPage(Identity identity, String about, List<Link> links) {
        this.content = content(identity, about, links);
        this.page = StaticFile.text(html(identity, content), "text/html; charset=utf-8");
    }

    /** What the page says, as the HTML of its body. */
    public String content() {
        return content;
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

    private static String content(Identity identity, String about, List<Link> links) {
        StringBuilder rows = new StringBuilder();
        for (Link link : links) {
            rows.append(
                    "<tr><td><a href=\"%1$s\">%1$s</a></td><td>%2$s</td></tr>\n"
                            .formatted(
                                    PrintableText.html(link.path()),
                                    PrintableText.html(link.text())));
        }
        return """
        <h1>%1$s</h1>
        <p>%6$s</p>
        <p>Instance %2$s, version %3$s, %4$s.</p>
        <table>
        %5$s</table>
        """
                .formatted(
                        PrintableText.html(identity.service()),
                        PrintableText.html(identity.instance()),
                        PrintableText.html(identity.version()),
                        PrintableText.html(identity.environment()),
                        rows,
                        PrintableText.html(about));
    }

    private static String html(Identity identity, String content) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="stylesheet" href="/page.css">
        </head>
        <body>
        %s</body>
        </html>
        """
                .formatted(PrintableText.html(identity.service()), content);
    }
}
