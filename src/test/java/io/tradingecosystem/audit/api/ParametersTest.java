package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One rule for the query parameters of every route of our own; others follow their original. */
class ParametersTest {
    private static final Pattern LENIENT =
            Pattern.compile(
                    "/|/openapi.yaml|/schemas/.*|/metrics|/health.*|/api/v1/(health|ready|audit/.*)|/v1/.*|/api/(?!v1/).*"
                        + "|/audit[.]v1[.].*");

    private AllDoors doors;
    private JsonNode document;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
        document = doors.document();
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldRefuseWhatIsUnknownRepeatedOrEmptyOnEachOfOurRoutes() {
        List<Route> own = routes().stream().filter(route -> !route.isLenient()).toList();

        assertThat(own).hasSizeGreaterThan(25);
        for (Route route : own) {
            requireRefused(route, "colour=red");
            requireRefused(route, "=red");
            requireRefused(route, "colour");
            Optional<String> known = route.parameters().stream().findFirst();
            known.ifPresent(name -> requireRefused(route, name + "=1&" + name + "=1"));
            route.parameters().forEach(name -> requireRefused(route, name + "="));
        }
    }

    @Test
    void shouldTakeWhateverComesOnRoutesThatFollowAnOriginal() {
        List<Route> lenient = routes().stream().filter(Route::isLenient).toList();

        assertThat(lenient).hasSizeGreaterThan(15);
        for (Route route : lenient) {
            int usual = send(route, "").statusCode();

            assertThat(send(route, "?colour=red&colour=&limit=0").statusCode())
                    .as(route.toString())
                    .isEqualTo(usual);
        }
    }

    @Test
    void shouldTakeTheFirstOfRepeatedParametersAsTheOlderServiceDoes() {
        doors.run("run");
        String service = "/api/v1/audit/events/service?service_name=risk-monitor";

        assertThat(doors.http.get(service + "&service_name=nobody&event_type=").body())
                .contains("a-run");
        assertThat(doors.http.get(service + "&event_type=&event_type=other").body())
                .contains("a-run");
        assertThat(doors.http.get(service + "&time_window=1ns&time_window=1h").body())
                .doesNotContain("a-run");
    }

    private void requireRefused(Route route, String query) {
        HttpResponse<String> response = send(route, "?" + query);
        assertThat(response.statusCode())
                .as("%s?%s: %s", route, query, response.body())
                .isEqualTo(400);
        assertThat(response.body()).contains("Query parameter ");
        assertThat(route.described().at("/responses/400").isMissingNode())
                .as("%s describes its 400", route)
                .isFalse();
    }

    private HttpResponse<String> send(Route route, String query) {
        String path = route.path().replaceAll("\\{\\w+}", "x");
        return doors.http.send(
                doors.http
                        .request(path + query)
                        .header("Content-Type", "application/json")
                        .method(route.method(), BodyPublishers.ofString("{}")));
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        routes.add(
                                                                route(
                                                                        path.getKey(),
                                                                        method.getKey(),
                                                                        method.getValue()))));
        return routes;
    }

    private Route route(String path, String method, JsonNode described) {
        List<String> parameters = new ArrayList<>();
        for (JsonNode parameter : described.path("parameters")) {
            JsonNode reference = parameter.path("$ref");
            JsonNode resolved =
                    reference.isMissingNode()
                            ? parameter
                            : document.at(reference.asText().substring(1));
            String name = resolved.get("name").asText();
            // The first page's token is empty, and an indented answer needs no value.
            if (resolved.get("in").asText().equals("query")
                    && !List.of("page_token", "pretty").contains(name)) {
                parameters.add(name);
            }
        }
        return new Route(method.toUpperCase(Locale.ROOT), path, parameters, described);
    }

    private record Route(String method, String path, List<String> parameters, JsonNode described) {
        boolean isLenient() {
            return LENIENT.matcher(path).matches();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
