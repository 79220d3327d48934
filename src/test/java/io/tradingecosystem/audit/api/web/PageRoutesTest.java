package io.tradingecosystem.audit.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.http.StaticFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The page and its files, as they are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageRoutesTest {
    private static final List<String> FILES =
            new String(StaticFile.read("/assets/list.txt"), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

    private OpenDoorsFixture fixture;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(Map.of(), (doors, monitoring) -> doors.page(PageRoutes::new));
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldNameEveryFileByItsContentAndImportNothingElse() {
        assertThat(FILES).hasSizeGreaterThan(20);
        for (String name : FILES) {
            String content = get(name, "identity").body();
            assertThat(name).matches("[\\w-]+\\.[0-9a-f]{16}\\.(js|css|svg)");
            assertThat(
                            Pattern.compile("(?:from|import\\(?)\\s*[\"']([^\"']+)")
                                    .matcher(content)
                                    .results())
                    .allSatisfy(
                            found ->
                                    assertThat(FILES)
                                            .contains(found.group(1).replace("/assets/", "")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "br, gzip;q=0.5|true",
                "GZIP|true",
                "x-gzip|true",
                "gzip;q=1.0|true",
                "gzip;q=0|false",
                "gzip ; q=0.000|false",
                "br|false",
                "identity|false"
            })
    void shouldCompressForThoseWhoTakeIt(String accepted, boolean compressed) {
        HttpResponse<String> answer = get(FILES.getFirst(), accepted);

        assertThat(answer.headers().firstValue("Content-Encoding").isPresent())
                .isEqualTo(compressed);
        assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        HttpResponse<String> answer = get("main.0000000000000000.js", "gzip");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldListLinksForThoseWhoRunNoScripts() {
        HttpResponse<String> page = fixture.http.get("/");

        assertThat(page.body())
                .containsPattern("(?s)<noscript>.*href=\"/metrics\".*</noscript>")
                .doesNotContain("{{")
                .doesNotContain("<style")
                .doesNotContain("http://");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for")
                .doesNotContain("unsafe");
    }

    private HttpResponse<String> get(String name, String accepted) {
        return fixture.http.send(
                fixture.http.request("/assets/" + name).header("Accept-Encoding", accepted));
    }
}
