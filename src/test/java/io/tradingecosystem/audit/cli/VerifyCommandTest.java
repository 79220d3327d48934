package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import javax.xml.parsers.DocumentBuilderFactory;

class VerifyCommandTest {
    private static final String EXPECTATION =
            """
            name: depeg
            when: {type: chaos.injected}
            expect:
              - {name: alert, event: {type: risk.alert.raised}, within: 15s, join: [scenario_id]}
            """;
    private static final String TRIGGER =
            """
            {"id":"t","service":"a","type":"chaos.injected","scenario_id":"s <&\\">",\
            "occurred_at":"2026-01-01T12:00:00Z"}
            """;
    private static final String ALERT =
            """
            {"id":"a","service":"a","type":"risk.alert.raised","scenario_id":"s <&\\">",\
            "occurred_at":"2026-01-01T12:00:05Z"}
            """;
    private static final String LATER =
            """
            {"id":"l","service":"a","type":"other","occurred_at":"2026-01-01T12:01:00Z"}
            """;
    private static final String GAP =
            """
            {"id":"g","service":"a","type":"audit.gap","occurred_at":"2026-01-01T12:00:05Z",\
            "attributes":{"from":"2026-01-01T12:00:04Z","to":"2026-01-01T12:00:05Z"}}
            """;

    private final CommandLine line = new CommandLine();
    @TempDir private Path folder;

    private int verify(String events, String... more) throws IOException {
        Path expectations = Files.createDirectories(folder.resolve("expectations"));
        Files.writeString(expectations.resolve("depeg.yaml"), EXPECTATION);
        Path file = Files.writeString(folder.resolve("events.ndjson"), events);
        String[] arguments = new String[5 + more.length];
        arguments[0] = "verify";
        arguments[1] = "--events";
        arguments[2] = file.toString();
        arguments[3] = "--expectations";
        arguments[4] = expectations.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return line.run(arguments);
    }

    @Test
    void shouldEndWithZeroWhenAllPassed() throws IOException {
        assertThat(verify(TRIGGER + ALERT)).isZero();
        assertThat(line.out())
                .contains("PASSED  depeg")
                .contains("ok alert came after 5 s of 15 s");
    }

    @Test
    void shouldWarnOfAWindowThatIsShorterThanClocksDiffer() throws IOException {
        verify(TRIGGER + ALERT);
        assertThat(line.err()).doesNotContain("warning");

        assertThat(verify(TRIGGER + ALERT, "--clock-skew", "16s")).isZero();
        assertThat(line.err())
                .contains(
                        "warning: depeg: within of alert is 15s, less than the 16s that clocks may"
                                + " differ by");
    }

    @Test
    void shouldJudgeByParameters() throws IOException {
        Path more = Files.createDirectories(folder.resolve("expectations")).resolve("more.yaml");
        Files.writeString(
                more,
                """
                parameters: {soon: 2s}
                expectations:
                  - name: alert-soon
                    when: {type: chaos.injected}
                    expect: [{name: alert, event: {type: risk.alert.raised}, within: '${soon}'}]
                """);

        assertThat(verify(TRIGGER + ALERT)).isEqualTo(1);
        assertThat(verify(TRIGGER + ALERT, "--param", "soon=6s")).isZero();
        assertThat(line.out()).contains("ok alert came after 5 s of 6 s");
        assertThat(verify(TRIGGER + ALERT, "--param", "later=6s")).isEqualTo(2);
        assertThat(line.err()).contains("no file names the parameter later");
        assertThat(verify(TRIGGER + ALERT, "--param", "soon=never")).isEqualTo(2);
        assertThat(line.err()).contains("within is \"never\"");
        assertThat(verify(TRIGGER + ALERT, "--param", "soon")).isEqualTo(2);
    }

    @Test
    void shouldEndWithOneWhenAnyFailed() throws IOException {
        assertThat(verify(TRIGGER + LATER)).isEqualTo(1);
        assertThat(line.out()).contains("FAILED  depeg").contains("1 FAILED");
        assertThat(verify(TRIGGER, "--until", "2026-01-01T12:01:00Z")).isEqualTo(1);
    }

    @Test
    void shouldEndWithThreeWhenItCannotBeKnown() throws IOException {
        assertThat(verify(TRIGGER + GAP + LATER)).isEqualTo(3);
        assertThat(verify(TRIGGER, "--until", "2026-01-01T12:00:10Z")).isEqualTo(3);
    }

    /**
     * Of a burst 256 effects are linked; one each 200 ms is none if 30 s of lateness are allowed.
     */
    @Test
    void shouldFindTheLinksThatALiveServiceFinds() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                rules.resolve("rule.yaml"),
                "{name: r, trigger: {type: chaos.injected}, effect: {type: beat}, within: 2m}");
        String[] more = {"--rules", rules.toString(), "--report", "json"};

        verify(TRIGGER + beats(), more);
        assertThat(links()).isEqualTo(600);

        Path config =
                Files.writeString(
                        folder.resolve("app.yaml"), "correlation: {allowed-lateness: 2m}\n");
        verify(
                TRIGGER + beats(),
                "--rules",
                rules.toString(),
                "--report",
                "json",
                "--config",
                config.toString());
        assertThat(links()).isEqualTo(256);
    }

    private static String beats() {
        Instant first = Instant.parse("2026-01-01T12:00:00Z");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            lines.append(
                    "{\"id\":\"b%d\",\"service\":\"a\",\"type\":\"beat\",\"occurred_at\":\"%s\"}\n"
                            .formatted(i, first.plusMillis(200L * i)));
        }
        return lines.toString();
    }

    private int links() throws IOException {
        return new ObjectMapper().readTree(line.out()).get("links").size();
    }

    @Test
    void shouldNotJudgeWhatTheRecordingDoesNotCover() throws IOException {
        assertThat(verify(TRIGGER)).isEqualTo(3);
        assertThat(line.out())
                .contains("?? alert did not come within 15 s")
                .contains("but the recording ends at 2026-01-01T12:00:00Z");
        String justCovered = LATER.replace("12:01:00", "12:00:15");
        assertThat(verify(TRIGGER + justCovered)).isEqualTo(1);
        String justNot = LATER.replace("12:01:00", "12:00:14.999999999");
        assertThat(verify(TRIGGER + justNot)).isEqualTo(3);
        String ofAFastClock =
                LATER.replace("\"id\"", "\"recorded_at\":\"2026-01-01T12:00:05Z\",\"id\"");
        assertThat(verify(TRIGGER + ofAFastClock)).isEqualTo(3);
    }

    @Test
    void shouldTakeNoAlertThatHasACauseForAFalsePositive() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                rules.resolve("shock.yaml"),
                """
                rules:
                  - {name: shock, trigger: {type: shock}, effect: {type: '*Alert'}, within: 10s}
                """);
        String shock = LATER.replace("other", "shock").replace("\"l\"", "\"shock\"");
        String explained = alert("explained", "2026-01-01T12:01:02Z");
        String alone = alert("alone", "2026-01-01T12:03:00Z");

        verify(shock + explained + alone, "--rules", rules.toString(), "--report", "json");

        assertThat(new ObjectMapper().readTree(line.out()).get("false_positive_candidates"))
                .extracting(candidate -> candidate.get("event_id").asText())
                .containsExactly("alone");
    }

    @Test
    void shouldTakeForAlertsWhatTheServiceTakes() throws IOException {
        String alarm =
                LATER.replace("other", "alarm").replace("\"l\"", "\"l\",\"severity\":\"warning\"");
        Path config =
                Files.writeString(folder.resolve("app.yaml"), "scenario: {alerts: ['*alarm']}\n");

        verify(alarm + alert("alert", "2026-01-01T12:03:00Z"), "--config", config.toString());

        assertThat(line.out())
                .contains("  2026-01-01T12:01:00Z  a  alarm  l\n")
                .doesNotContain("RiskAlert");
    }

    private static String alert(String id, String at) {
        return LATER.replace("other", "RiskAlert")
                .replace("\"l\"", "\"" + id + "\",\"severity\":\"warning\"")
                .replace("2026-01-01T12:01:00Z", at);
    }

    @Test
    void shouldNotPassWhatWasNotExercised() throws IOException {
        assertThat(verify("")).isEqualTo(3);
        assertThat(verify(ALERT + LATER)).isEqualTo(3);
        assertThat(line.out()).contains("no trigger occurred");
        assertThat(verify(LATER, "--report", "json")).isEqualTo(3);
        assertThat(new ObjectMapper().readTree(line.out()).get("status").asText())
                .isEqualTo("INCONCLUSIVE");
        assertThat(verify(LATER, "--report", "junit")).isEqualTo(3);
        assertThat(line.out()).contains("<error message=\"no trigger occurred");
    }

    @Test
    void shouldNotPassARecordingInWhichAnIdNamesTwoEvents() throws IOException {
        String other = ALERT.replace("risk.alert.raised", "risk.alert.cleared");

        assertThat(verify(TRIGGER + ALERT + other)).isEqualTo(3);
        assertThat(line.out()).contains("PASSED  depeg").contains("conflict: ").contains(": a\n");
        assertThat(verify(TRIGGER + ALERT + other, "--report", "json")).isEqualTo(3);
        assertThat(new ObjectMapper().readTree(line.out()).at("/conflicts/0").asText())
                .isEqualTo("a");
        assertThat(verify(TRIGGER + ALERT + other, "--report", "junit")).isEqualTo(3);
        assertThat(line.out()).contains("<error message=\"conflict: ");
        // The same event twice is no contradiction.
        assertThat(verify(TRIGGER + ALERT + ALERT)).isZero();
    }

    @Test
    void shouldEndWithTwoWhenTheInputMakesNoSense() throws IOException {
        assertThat(verify("{\"service\":\"a\"}\nnonsense\n")).isEqualTo(2);
        assertThat(line.err()).contains("events.ndjson:1: ").contains("events.ndjson:2: ");
        assertThat(verify(TRIGGER, "--report", "pdf")).isEqualTo(2);
        assertThat(verify(TRIGGER, "--until", "noon")).isEqualTo(2);
        assertThat(line.run("verify")).isEqualTo(2);
        assertThat(line.run("verify", "--events", folder.resolve("none").toString())).isEqualTo(2);
        Files.writeString(folder.resolve("expectations/bad.yaml"), "name: bad");
        assertThat(verify(TRIGGER)).isEqualTo(2);
        assertThat(line.err()).contains("bad.yaml:1:1: expectation bad: when is missing");
    }

    @Test
    void shouldWriteTheReportIntoAFile() throws IOException {
        Path report = folder.resolve("report.json");
        assertThat(verify(TRIGGER + ALERT, "--report", "json", "--out", report.toString()))
                .isZero();

        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.get("status").asText()).isEqualTo("PASSED");
        assertThat(json.get("verdicts").get(0).get("findings").get(0).get("name").asText())
                .isEqualTo("alert");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void shouldWriteJUnitXmlThatAddsUp() throws Exception {
        assertThat(verify(TRIGGER + LATER, "--report", "junit")).isEqualTo(1);

        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        line.out().getBytes(StandardCharsets.UTF_8)));
        NodeList suites = document.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(1);
        Element suite = (Element) suites.item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element test = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(test.getAttribute("name")).isEqualTo("s <&\"> trigger t");
        Element failure = (Element) test.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("alert did not come within 15 s");
    }

    @Test
    void shouldTellWhatCausedWhatByRulesOfAFolder() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                rules.resolve("rule.yaml"),
                "{name: mine, trigger: {type: chaos.injected}, effect: {type: 'risk.*'},"
                        + " within: 10s}");

        assertThat(verify(TRIGGER + ALERT, "--rules", rules.toString())).isZero();
        assertThat(line.out()).contains("t -> a  after 5 s  0.425  mine");
        assertThat(verify(TRIGGER + ALERT, "--rules", rules.toString(), "--report", "json"))
                .isZero();
        assertThat(new ObjectMapper().readTree(line.out()).at("/links/0/evidence").asText())
                .isEqualTo("5 s of 10 s, time alone");

        Files.writeString(rules.resolve("rule.yaml"), "{name: mine}");
        assertThat(verify(TRIGGER, "--rules", rules.toString())).isEqualTo(2);
        assertThat(line.err()).contains("rule.yaml:1:1: rule mine: trigger is missing");
    }
}
