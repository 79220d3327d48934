package io.tradingecosystem.audit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.pipeline.RunResult.Part;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What a job of GitHub Actions reads. */
class GitHubTest {
    @Test
    void shouldEscapeWhatPropertiesAndDataMayNotHave() {
        String text = GitHub.commands(result(part("a,b:c", "100% late: x, y")));

        assertThat(text.lines().findFirst().orElseThrow())
                .isEqualTo("::error title=a%2Cb%3Ac is FAILED::100%25 late: x, y");
    }

    @Test
    void shouldNoticeARunThatHasPassed() {
        Part passed = new Part("alert", false, "PASSED", true, 1, "", List.of());
        RunResult result = result("PASSED", List.of(passed));

        assertThat(GitHub.commands(result))
                .isEqualTo("::notice title=run r-1::run r-1 is PASSED\n");
        assertThat(GitHub.summary(result, 1_000)).contains("| passed | alert | 1 |  |\n");
    }

    @Test
    void shouldTellHowManyVerdictsWereJudgedOnCompleteEvidence() {
        Part passed = new Part("alert", false, "PASSED", true, 2, "", List.of());
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("evidence").put("complete", 1).put("judged", 2);
        RunResult result =
                new RunResult("r-1", "PASSED", true, "", "log-1", List.of(passed), answer);

        assertThat(GitHub.summary(result, 1_000))
                .contains("\n\njudged on complete evidence&#58; 1 of 2\n\n| status ");
        assertThat(Reports.text(result)).contains("judged on complete evidence: 1 of 2\n");
        assertThat(RunJUnit.write(result))
                .contains("<property name=\"judged on complete evidence\" value=\"1 of 2\"/>");
    }

    @Test
    void shouldTellWhatTheCountsLeaveOut() {
        Part failed = part("alert", "late");
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("incomplete")
                .addObject()
                .put("bound", "REPORT_SIZE")
                .put("explanation", "2001 verdicts of the run");
        RunResult result =
                new RunResult("r-1", "FAILED", true, "", "log-1", List.of(failed), answer);

        assertThat(Reports.text(result)).contains("\nleft out: 2001 verdicts of the run\n");
        assertThat(GitHub.summary(result, 1_000))
                .contains("\n\nleft out&#58; 2001 verdicts of the run\n\n| status ");
        assertThat(RunJUnit.write(result))
                .contains("<property name=\"left out\" value=\"2001 verdicts of the run\"/>");
    }

    @Test
    void shouldMakeNoMoreAnnotationsThanAreShown() {
        RunResult result =
                result("FAILED", IntStream.range(0, 30).mapToObj(i -> part("p" + i, "r")).toList());

        assertThat(GitHub.commands(result).lines()).hasSize(GitHub.MAX_ANNOTATIONS);
        assertThat(GitHub.commands(result)).contains("21 more expectations have not passed");
    }

    @Test
    void shouldCountTheRowsThatDoNotFit() {
        RunResult result =
                result("FAILED", IntStream.range(0, 30).mapToObj(i -> part("p" + i, "r")).toList());

        String summary = GitHub.summary(result, 400);

        assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(400);
        assertThat(summary).containsPattern("\\| \\| \\d+ more \\| \\| \\|");
        assertThat(GitHub.summary(result, 10)).isEmpty();
    }

    @Property
    void shouldLetNoSenderForgeACommandOrAMark(@ForAll String said) {
        RunResult result =
                result(part("alert", said + "\n::set-output name=x::y\r\n|<b>@all" + said));

        assertThat(GitHub.commands(result).split("[\\r\\n]", -1))
                .hasSize(3)
                .filteredOn(line -> !line.isEmpty())
                .allMatch(line -> line.startsWith("::error title="));
        String row = GitHub.summary(result, 1 << 20).split("\n", -1)[4];
        assertThat(row.replace("| ", "").chars().filter(c -> c == '|').count())
                .isLessThanOrEqualTo(1);
        assertThat(row).doesNotContain("<").doesNotContain("@");
    }

    private static Part part(String name, String reason) {
        return new Part(name, false, "FAILED", true, 1, reason, List.of());
    }

    private static RunResult result(Part part) {
        return result("FAILED", List.of(part));
    }

    private static RunResult result(String status, List<Part> parts) {
        return new RunResult(
                "r-1", status, true, "", "log-1", parts, JsonNodeFactory.instance.objectNode());
    }
}
