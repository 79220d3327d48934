package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What every answer tells browsers, over all routes of the published description. */
@Timeout(60)
class BrowserHeadersTest {
    private AllDoors doors;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldTellBrowsersToTrustNoAnswer() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String route : routes()) {
                HttpResponse<InputStream> answer = client.send(request(route), bodies());
                answer.body().close();

                requireSafe(route + " " + answer.statusCode(), answer.headers());
                if (!isPage(answer.headers())) {
                    assertThat(answer.headers().firstValue("Content-Security-Policy"))
                            .as(route)
                            .hasValue("default-src 'none'; frame-ancestors 'none'");
                }
            }
        }
    }

    /** Nobody may keep, or take for something else, what is no answer of a route. */
    @Test
    void shouldTellTheSameWhereNoRouteIsReached() {
        for (String head :
                List.of(
                        "GET /no/such/path HTTP/1.1",
                        "OPTIONS /api/v1/events HTTP/1.1",
                        "HEAD /api/v1/events HTTP/1.1",
                        "GET /%zz HTTP/1.1",
                        "nonsense")) {
            String answer =
                    doors.http.raw(head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            String heading = answer.substring(0, answer.indexOf("\r\n\r\n"));
            Map<String, List<String>> fields =
                    heading.lines()
                            .skip(1)
                            .map(line -> line.split(": ", 2))
                            .collect(
                                    Collectors.groupingBy(
                                            field -> field[0],
                                            Collectors.mapping(
                                                    field -> field[1], Collectors.toList())));
            requireSafe(heading, HttpHeaders.of(fields, (name, value) -> true));
        }
    }

    private static void requireSafe(String what, HttpHeaders headers) {
        assertThat(headers.allValues("X-Content-Type-Options")).as(what).containsExactly("nosniff");
        assertThat(headers.allValues("Referrer-Policy")).as(what).containsExactly("no-referrer");
        assertThat(headers.allValues("X-Frame-Options")).as(what).containsExactly("DENY");
        assertThat(headers.allValues("Content-Security-Policy"))
                .as(what)
                .singleElement()
                .asString()
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.allValues("Cache-Control"))
                .as(what)
                .singleElement()
                .asString()
                .matches(Pattern.compile(isPage(headers) ? "no-store|no-cache" : "no-store"));
    }

    private static boolean isPage(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .filter(type -> type.matches("text/(html|css|javascript).*"))
                .isPresent();
    }

    private List<String> routes() {
        List<String> routes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : doors.document().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String plain = path.getKey().replaceAll("\\{\\w+}", "x");
                String method = operation.getKey().toUpperCase(Locale.ROOT) + " ";
                routes.add(method + plain);
                routes.add(method + plain + "?no_such=1");
            }
        }
        assertThat(routes).hasSizeGreaterThan(80);
        return routes;
    }

    private HttpRequest request(String route) {
        String[] words = route.split(" ", 2);
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + doors.doors.httpPort() + words[1]))
                .header("Content-Type", "application/json")
                .method(
                        words[0],
                        words[0].equals("GET")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString("{"))
                .build();
    }

    private static HttpResponse.BodyHandler<InputStream> bodies() {
        return HttpResponse.BodyHandlers.ofInputStream();
    }
}
