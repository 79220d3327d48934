package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Pipelines that wait for a run on a running service. */
@Timeout(90)
class AwaitCommandTest {
    private static final String EXPECTATIONS =
            """
            expectations:
              - name: shock-halts
                scenario: shock
                when: {type: shock}
                expect: [{name: halt, event: {type: halted}, within: 500ms, join: [scenario_id]}]
              - name: shock-alerts
                scenario: shock
                when: {type: shock}
                expect: [{name: alert, event: {type: alert}, within: 500ms, join: [scenario_id]}]
              - name: flood-halts
                scenario: flood
                when: {type: flood}
                expect: [{name: halt, event: {type: halted}, within: 500ms, join: [scenario_id]}]
            """;

    @TempDir private Path directory;
    private final CommandLine line = new CommandLine();
    private AuditCorrelator service;

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(directory.resolve("expectations"));
        Files.writeString(directory.resolve("expectations/e.yaml"), EXPECTATIONS);
        service = start(0);
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void shouldEndWithZeroWhenAllOfTheKindHavePassedForGood() {
        send("run-1", "shock", "halted", "alert");

        assertThat(await("run-1")).as(line.err()).isZero();
        assertThat(line.out())
                .contains("PASSED  shock-alerts  1 occurrence\n")
                .contains("PASSED  shock-halts  1 occurrence\n")
                .contains("run run-1 is PASSED\n");
    }

    @Test
    void shouldEndWithOneAsSoonAsOneHasFailed() {
        send("run-1", "shock", "halted");

        assertThat(await("run-1")).as(line.err()).isEqualTo(1);
        assertThat(line.out()).contains("FAILED  shock-alerts").contains("trigger run-1-shock");
    }

    @Test
    void shouldEndWithThreeWhenATriggerOfTheKindDoesNotOccur() {
        send("run-1", "shock", "halted", "alert");

        assertThat(await("run-1", "--scenario", "flood", "--timeout", "1s")).isEqualTo(3);
        assertThat(line.out()).contains("PENDING  flood-halts").contains("did not occur");
    }

    @Test
    void shouldEndWithThreeWhenNothingOfTheRunIsThere() {
        assertThat(await("run-1", "--timeout", "500ms")).isEqualTo(3);
        assertThat(line.out()).contains("nothing of this run was judged");
    }

    @Test
    void shouldNameAnExpectationThatIsNotThere() {
        send("run-1", "shock", "halted", "alert");

        assertThat(await("run-1", "--expectation", "shock-halts,no-such", "--timeout", "20s"))
                .isEqualTo(3);
        assertThat(line.out()).contains("no-such: no expectation of this name is in force");
    }

    @Test
    void shouldNotTakeAnEarlierRunOfTheSameIdForThisOne() {
        send("run-1", "shock", "halted", "alert");
        assertThat(await("run-1")).isZero();
        String now = Instant.now().plusSeconds(1).toString();

        assertThat(await("run-1", "--since", now, "--timeout", "500ms")).isEqualTo(3);
        assertThat(line.out()).contains("its trigger is one of an earlier run of this id");
        assertThat(await("run-1", "--max-age", "1ms", "--timeout", "500ms")).isEqualTo(3);
    }

    @Test
    void shouldNotTakeTheVerdictOfAFormerVersion() throws IOException {
        send("run-1", "shock", "halted", "alert");
        assertThat(await("run-1")).isZero();

        Files.writeString(
                directory.resolve("expectations/e.yaml"), EXPECTATIONS.replace("500ms", "600ms"));
        await().untilAsserted(
                        () ->
                                assertThat(await("run-1", "--timeout", "20s"))
                                        .as(line.out())
                                        .isEqualTo(3));

        assertThat(line.out()).contains("was made by version");
    }

    @Test
    void shouldNotPassBeforeTheWindowIsOver() {
        CompletableFuture<Integer> ended =
                CompletableFuture.supplyAsync(() -> await("run-1", "--timeout", "30s"));

        send("run-1", "shock", "halted");
        send("run-1", "alert");

        assertThat(ended.join()).as(line.out()).isZero();
    }

    @Test
    void shouldGoOnWhenTheServiceIsRestarted() {
        CompletableFuture<Integer> ended =
                CompletableFuture.supplyAsync(() -> await("run-1", "--timeout", "60s"));
        awaitFirstWord();
        int port = service.httpPort();

        service.close();
        service = start(port);
        send("run-1", "shock", "halted", "alert");

        assertThat(ended.join()).as(line.out() + line.err()).isZero();
    }

    @Test
    void shouldSayThatAnotherLogAnswersNow() throws IOException {
        CompletableFuture<Integer> ended =
                CompletableFuture.supplyAsync(() -> await("run-1", "--timeout", "60s"));
        awaitFirstWord();
        int port = service.httpPort();

        service.close();
        Files.move(directory.resolve("log"), directory.resolve("old"));
        service = start(port);
        send("run-1", "shock", "halted", "alert");

        assertThat(ended.join()).isEqualTo(3);
        assertThat(line.out()).contains("the log is not the one that was asked first");
    }

    @Test
    void shouldEndWithTwoWhenNobodyIsThere() {
        int port = service.httpPort();
        service.close();

        assertThat(
                        line.run(
                                "await",
                                "--run",
                                "run-1",
                                "--service",
                                "http://127.0.0.1:" + port,
                                "--timeout",
                                "300ms"))
                .isEqualTo(2);
        assertThat(line.err()).contains("no service answers at http://127.0.0.1:" + port);
    }

    @Test
    void shouldEndWithTwoWhenTheServiceWantsToKnowWhoAsks() {
        service.close();
        service = start(0, Map.of("access.mode", "required"));

        assertThat(await("run-1", "--timeout", "500ms")).isEqualTo(2);
        assertThat(line.err()).contains("401").contains("NO_CREDENTIALS");
        Path token = directory.resolve("log").resolve(AdminToken.FILE);
        assertThat(await("run-1", "--timeout", "500ms", "--token-file", token.toString()))
                .isEqualTo(3);
    }

    @Test
    void shouldEndWithTwoWhenTheCommandMakesNoSense() {
        assertThat(line.run("await")).isEqualTo(2);
        assertThat(await("run-1", "--timeout", "soon")).isEqualTo(2);
        assertThat(await("run-1", "--since", "yesterday")).isEqualTo(2);
        assertThat(await("run-1", "--expectation", "a,,b")).isEqualTo(2);
        assertThat(await("run-1", "--report", "pdf")).isEqualTo(2);
        assertThat(line.err()).contains("--report is pdf");
    }

    @Test
    void shouldWriteAReportThatIsGreenOnlyWhereTheExitCodeIsZero() throws IOException {
        Path file = directory.resolve("report.xml");
        send("run-1", "shock", "halted", "alert");

        assertThat(await("run-1", "--report", "junit", "--out", file.toString())).isZero();
        assertThat(file).content().contains("tests=\"2\" failures=\"0\" errors=\"0\"");
        assertThat(line.out()).contains("run run-1 is PASSED");

        assertThat(
                        await(
                                "run-1",
                                "--report",
                                "junit",
                                "--out",
                                file.toString(),
                                "--expectation",
                                "flood-halts",
                                "--timeout",
                                "300ms"))
                .isEqualTo(3);
        assertThat(file).content().contains("tests=\"1\" failures=\"0\" errors=\"1\"");
        assertThat(Files.list(directory).map(Path::getFileName).map(Path::toString))
                .noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void shouldAnnotateAJobOfGitHub() {
        send("run-1", "shock", "halted");

        assertThat(await("run-1", "--report", "github")).isEqualTo(1);
        assertThat(line.out()).contains("::error title=shock-alerts is FAILED::alert ");
        assertThat(await("run-1", "--report", "github", "--out", "x")).isEqualTo(2);
    }

    @Test
    void shouldAddToTheSummaryOfAJob() throws IOException {
        Path summary = Files.writeString(directory.resolve("summary.md"), "before\n");
        send("run-1", "shock", "halted", "alert");
        AwaitCommand command = new AwaitCommand(Map.of("GITHUB_STEP_SUMMARY", summary.toString()));
        List<String> arguments = List.of("--run", "run-1", "--service", service.httpAddress());

        int code =
                command.run(
                        Stream.concat(arguments.stream(), Stream.of("--report", "github")).toList(),
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(OutputStream.nullOutputStream()));

        assertThat(code).isZero();
        assertThat(summary).content().startsWith("before\n### run run-1 is PASSED\n");
    }

    @Test
    void shouldWriteTheAnswerAsJson() throws IOException {
        send("run-1", "shock", "halted", "alert");

        assertThat(await("run-1", "--report", "json")).isZero();
        assertThat(new ObjectMapper().readTree(line.out()).path("status").asText())
                .isEqualTo("PASSED");
    }

    private int await(String run, String... options) {
        List<String> arguments = new ArrayList<>(List.of("await", "--run", run));
        arguments.addAll(List.of("--service", service.httpAddress()));
        if (!List.of(options).contains("--timeout")) {
            arguments.addAll(List.of("--timeout", "30s"));
        }
        arguments.addAll(List.of(options));
        return line.run(arguments.toArray(String[]::new));
    }

    private void send(String run, String... types) {
        Http http = Http.of(service.httpPort());
        StringBuilder lines = new StringBuilder();
        for (String type : types) {
            lines.append(
                    """
                    {"id":"%s-%s","service":"exchange","type":"%s","scenario_id":"%s"}
                    """
                            .formatted(run, type, type, run));
        }
        var request =
                http.request("/api/v1/events")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(lines.toString()));
        assertThat(http.send(request).statusCode()).isEqualTo(201);
    }

    private AuditCorrelator start(int port) {
        return start(port, Map.of());
    }

    private AuditCorrelator start(int port, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("registry.backend", "in-process");
        settings.put("server.http.port", Integer.toString(port));
        settings.put("store.path", directory.resolve("log").toString());
        settings.put("scenario.expectations", directory.resolve("expectations").toString());
        settings.put("scenario.allowed-lateness", "0s");
        settings.put("scenario.catch-up", "0s");
        settings.put("server.shutdown-grace", "1s");
        settings.putAll(more);
        return AuditCorrelator.start(TestSettings.of(settings));
    }

    /** Said at once, and not when the first question that waits is answered. */
    private void awaitFirstWord() {
        await().atMost(Duration.ofSeconds(12))
                .until(() -> line.err().contains("nothing of this run was judged"));
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
