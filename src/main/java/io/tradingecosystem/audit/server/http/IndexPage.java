package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.monitoring.Identity;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page at {@code /}: which service this is, and where to look. */
public final class IndexPage implements HttpService {
    private final byte[] html;

    public IndexPage(Identity identity, String about, List<Link> links) {
        this.html = html(identity, about, links).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/",
                (request, response) ->
                        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                                .header(
                                        HeaderNames.create("Content-Security-Policy"),
                                        "default-src 'none'; style-src 'unsafe-inline';"
                                                + " frame-ancestors 'none'")
                                .send(html));
    }

    /**
     * One line of the page.
     *
     * @param path where it leads
     * @param text what is there
     */
    public record Link(String path, String text) {}

    private static String html(Identity identity, String about, List<Link> links) {
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
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 46rem; padding: 0 1rem;
               color-scheme: light dark; }
        h1 { margin-bottom: 0; }
        td { padding: .2rem 1.5rem .2rem 0; vertical-align: top; }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        <p>%6$s</p>
        <p>Instance %2$s, version %3$s, %4$s.</p>
        <table>
        %5$s</table>
        </body>
        </html>
        """
                .formatted(
                        PrintableText.html(identity.service()),
                        PrintableText.html(identity.instance()),
                        PrintableText.html(identity.version()),
                        PrintableText.html(identity.environment()),
                        rows,
                        PrintableText.html(about));
    }
}
