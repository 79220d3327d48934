package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pipelines that begin runs on a running service, and compare them. */
@Timeout(90)
class StartCommandTest {
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
    void shouldBeginARunAndPrintItsId() {
        assertThat(start("--scenario", "shock")).as(line.err()).isZero();

        String run = line.out().strip();
        assertThat(run).startsWith("shock-");
        assertThat(events(run)).contains("scenario.started").contains("\"scenario\":\"shock\"");
    }

    @Test
    void shouldNotBeginARunOfAnIdThatIsThere() {
        assertThat(start("--run", "run-1")).isZero();

        assertThat(start("--run", "run-1")).isEqualTo(2);
        assertThat(line.err()).contains("there is a run of the id run-1");
    }

    @Test
    void shouldRunACommandWithTheIdAndTellHowItEnded() {
        int code = start("--run", "run-1", "--", "sh", "-c", "test $SCENARIO_ID = run-1; exit 4");

        assertThat(code).isEqualTo(1);
        assertThat(line.err()).contains("start: sh ended with 4");
        assertThat(events("run-1")).contains("scenario.ended").contains("\"exit_code\":4");
    }

    @Test
    void shouldWaitForWhatBecomesOfTheRun() {
        String events =
                """
                {"id":"$SCENARIO_ID-a","service":"s","type":"shock","scenario_id":"$SCENARIO_ID"}
                {"id":"$SCENARIO_ID-b","service":"s","type":"halted","scenario_id":"$SCENARIO_ID"}
                {"id":"$SCENARIO_ID-c","service":"s","type":"alert","scenario_id":"$SCENARIO_ID"}
                """;
        String test =
                "curl -sf -o /dev/null %s/api/v1/events -H 'Content-Type: application/x-ndjson' --data-binary @- <<E\n%sE\n"
                        .formatted(service.httpAddress(), events);

        int passed = start("--scenario", "shock", "--await", "--", "sh", "-c", test);
        String lines = line.out() + line.err();
        int never = start("--scenario", "flood", "--await", "--timeout", "500ms", "--", "true");

        assertThat(passed).as(lines).isZero();
        assertThat(never).isEqualTo(3);
        assertThat(line.out()).contains("PENDING  flood-halts");
    }

    @Test
    void shouldSayThatThereIsNoSuchCommand() {
        assertThat(start("--", "no-such-program")).isEqualTo(2);
        assertThat(start("--")).isEqualTo(2);
    }

    @Test
    void shouldCompareRuns() {
        send("run-1", "shock", "halted", "alert");
        send("run-2", "shock", "halted", "alert");
        send("run-3", "shock", "halted");
        for (String run : List.of("run-1", "run-2", "run-3")) {
            line.run("await", "--run", run, "--service", service.httpAddress());
        }

        assertThat(compare("run-3", "run-1")).as(line.out()).isEqualTo(1);
        assertThat(line.out()).contains("alert");
        assertThat(compare("run-1", "no-such")).isEqualTo(2);
        assertThat(compare("run-1")).isEqualTo(2);
    }

    private int compare(String... arguments) {
        return run("compare", arguments);
    }

    private int start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("start", "--service", service.httpAddress()));
        all.addAll(List.of(arguments));
        return line.run(all.toArray(String[]::new));
    }

    private int run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--service", service.httpAddress()));
        return line.run(all.toArray(String[]::new));
    }

    private String events(String run) {
        return Http.of(service.httpPort()).get("/api/v1/events?scenario_id=" + run).body();
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
}
