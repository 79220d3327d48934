package io.tradingecosystem.audit.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.media.type.MediaTypes;
import io.tradingecosystem.audit.server.OpenDoorsFixture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.Map;

/** JSON as people want to read it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndentedJsonTest {
    private static final String COMPACT =
            "{\"a\":[],\"b\":{},\"c\":[1,\"x,{ \\\" \\\\\",{\"d\":null}]}\n";

    private OpenDoorsFixture fixture;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(),
                        (doors, monitoring) ->
                                doors.routes(
                                        "/test",
                                        rules ->
                                                rules.get(
                                                                "/json",
                                                                (request, response) -> {
                                                                    response.headers()
                                                                            .contentType(
                                                                                    MediaTypes
                                                                                            .APPLICATION_JSON);
                                                                    response.send(COMPACT);
                                                                })
                                                        .get(
                                                                "/text",
                                                                (request, response) ->
                                                                        response.send(COMPACT))));
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldIndentForPeople() {
        String indented =
                """
                {
                  "a": [],
                  "b": {},
                  "c": [
                    1,
                    "x,{ \\" \\\\",
                    {
                      "d": null
                    }
                  ]
                }
                """;
        assertThat(fixture.http.get("/test/json?pretty").body()).isEqualTo(indented);
        assertThat(
                        fixture.http
                                .send(
                                        fixture.http
                                                .request("/test/json")
                                                .header("Accept", "text/html,*/*;q=0.8"))
                                .body())
                .isEqualTo(indented);
    }

    @Test
    void shouldLeaveWhatProgramsReadAndWhatIsNoJson() {
        assertThat(fixture.http.get("/test/json").body()).isEqualTo(COMPACT);
        assertThat(fixture.http.get("/test/text?pretty").body()).isEqualTo(COMPACT);
    }

    @Test
    void shouldEndAProblemWithALine() {
        assertThat(fixture.http.get("/nowhere").body()).endsWith("}\n");
    }
}
