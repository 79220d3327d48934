package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.http.QueryParameters.none;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.DefinitionAnswers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.LiveStream;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.ProvenanceAnswers;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.api.verdicts.Reports.Form;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.EvidenceBundle;
import io.tradingecosystem.audit.scenario.EvidenceText;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.WithdrawnExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader.Run;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Page;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Verdicts, chaos runs, expectations and coverage as JSON, under {@code /api/v1}. */
public final class VerdictRoutes implements HttpService {
    /** How many verdicts or runs may be asked for, over gRPC too. */
    static final Limit LIMIT = new Limit(100, VerdictStoreReader.MAX_ON_PAGE);

    private final VerdictService verdicts;
    private final FalsePositives alerts;
    private final FindingWindows windows;
    private final RunReports reports;
    private final TrialRoute trials;
    private final LiveStream<Verdict> stream;

    /** Shows what the referee knows. */
    public VerdictRoutes(VerdictService verdicts, FalsePositives alerts) {
        this(verdicts, alerts, RunReports.of(verdicts.verdicts()));
    }

    /**
     * Shows what the referee knows.
     *
     * @param reports makes the reports of runs
     */
    VerdictRoutes(VerdictService verdicts, FalsePositives alerts, RunReports reports) {
        this.verdicts = verdicts;
        this.alerts = alerts;
        this.reports = reports;
        this.windows = new FindingWindows(verdicts::expectation);
        this.trials = new TrialRoute(verdicts.trials(), LIMIT);
        this.stream = new LiveStream<>("verdict", verdict -> windows.write(verdict).toString());
    }

    /** Ends the live streams. */
    public void end() {
        stream.end();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/verdicts", this::verdicts)
                .get("/verdicts/stream", this::stream)
                .get("/verdicts/{id}", none(this::verdict))
                .get("/verdicts/{id}/bundle", none(this::bundle))
                .get("/scenarios", this::runs)
                .get("/scenarios/{id}", this::run)
                .get("/expectations", none(this::expectations))
                .put("/expectations", none(this::put))
                .post("/expectations/try", trials::judge)
                .get("/expectations/{name}", none(this::expectation))
                .delete("/expectations/{name}", none(this::withdraw))
                .get("/coverage", none(this::coverage));
    }

    private void verdicts(ServerRequest request, ServerResponse response) {
        QueryParameters query =
                QueryParameters.of(
                        request, "scenario_id", "expectation", "status", "limit", "page_token");
        Progress progress = verdicts.progress().now();
        Page page =
                page(
                        new Question(
                                query.text("scenario_id"),
                                query.text("expectation"),
                                query.choice("status", Status.class),
                                query.limit(LIMIT),
                                query.pageToken()));
        Disclosures.items(page.verdicts().size());
        ObjectNode node = node();
        var list = node.putArray("verdicts");
        page.verdicts().forEach(verdict -> list.add(windows.write(verdict)));
        node.put("count", page.verdicts().size())
                .put("next_page_token", query.nextPageToken(page.nextPageToken()));
        ProgressAnswers.write("verdicts", progress, node);
        send(response, node);
    }

    private Page page(Question question) {
        return verdicts.verdicts().verdicts(question);
    }

    private void stream(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        QueryParameters query = QueryParameters.of(request, "after");
        stream.send(new LiveVerdicts(verdicts), query, request, response);
    }

    private void verdict(ServerRequest request, ServerResponse response) {
        String id = PathParameters.text(request, "id");
        Progress progress = verdicts.progress().now();
        Verdict verdict =
                verdicts.verdicts()
                        .verdict(id)
                        .orElseThrow(() -> ProblemException.unknown("verdict", id));
        Disclosures.items(1);
        ObjectNode node = windows.write(verdict);
        var versions = node.putArray("versions");
        verdicts.verdicts().versions(id).forEach(each -> versions.add(windows.write(each)));
        ProgressAnswers.write("verdicts", progress, node);
        send(response, node);
    }

    private void bundle(ServerRequest request, ServerResponse response) {
        String id = PathParameters.text(request, "id");
        EvidenceBundle bundle =
                verdicts.evidence(id).orElseThrow(() -> ProblemException.unknown("verdict", id));
        Disclosures.items(bundle.events().size());
        response.headers().contentType(MediaTypes.create("application/x-ndjson"));
        response.send(EvidenceText.write(bundle));
    }

    private void runs(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "limit", "page_token");
        RunStoreReader.Page page = runs().page(query.limit(LIMIT), query.pageToken());
        Disclosures.items(page.runs().size());
        ObjectNode node = node();
        ProgressAnswers.write("verdicts", verdicts.progress().now(), node);
        var list = node.putArray("scenarios");
        page.runs()
                .forEach(
                        run -> list.add(run.tally().toJson().put("scenario_id", run.scenarioId())));
        node.put("count", list.size())
                .put("next_page_token", query.nextPageToken(page.nextPageToken()));
        Incomplete.write(verdicts.verdicts().unsearched(), node);
        send(response, node);
    }

    private RunStoreReader runs() {
        return verdicts.verdicts().runs();
    }

    private void run(ServerRequest request, ServerResponse response) {
        String id = PathParameters.text(request, "id");
        Form form =
                QueryParameters.of(request, "report")
                        .choice("report", Form.class)
                        .orElseGet(() -> accepted(request));
        Progress progress = verdicts.progress().now();
        Run run =
                runs().find(id)
                        .orElseThrow(() -> ProblemException.unknown("scenario with a verdict", id));
        Report report = reports.of(run);
        ProgressAnswers.head("verdicts", progress, response);
        if (report.isHeld()) {
            response.headers().contentType(mediaType(form));
            response.send(Reports.write(report, form).getBytes(StandardCharsets.UTF_8));
        } else {
            Answers.text(response, mediaType(form), out -> Reports.write(report, form, out));
        }
    }

    private static Form accepted(ServerRequest request) {
        var headers = request.headers();
        if (!headers.contains(HeaderNames.ACCEPT)
                || headers.isAccepted(MediaTypes.APPLICATION_JSON)) {
            return Form.JSON;
        }
        return headers.isAccepted(MediaTypes.APPLICATION_XML) ? Form.JUNIT : Form.TEXT;
    }

    private static MediaType mediaType(Form form) {
        return switch (form) {
            case JSON -> MediaTypes.APPLICATION_JSON;
            case JUNIT -> MediaTypes.APPLICATION_XML;
            case TEXT -> MediaTypes.create("text/plain;charset=UTF-8");
        };
    }

    private void expectations(ServerRequest request, ServerResponse response) {
        send(response, DefinitionAnswers.list("expectations", verdicts.expectations()));
    }

    private void expectation(ServerRequest request, ServerResponse response) {
        String name = PathParameters.text(request, "name");
        send(
                response,
                DefinitionAnswers.json(
                        verdicts.expectation(name)
                                .orElseThrow(() -> ProblemException.unknown("expectation", name))));
    }

    private void put(ServerRequest request, ServerResponse response) {
        try (var body = RequestBodies.stream(request)) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            InForce<Expectation> put = verdicts.put(text, Tellers.of(request));
            Disclosures.act(put);
            send(response, DefinitionAnswers.json(put));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void withdraw(ServerRequest request, ServerResponse response) {
        String name = PathParameters.text(request, "name");
        WithdrawnExpectation withdrawn =
                verdicts.withdraw(name, Tellers.of(request))
                        .orElseThrow(() -> ProblemException.unknown("expectation", name));
        Disclosures.actOn(withdrawn.eventId());
        ObjectNode node =
                node().put("name", name)
                        .put("withdrawn", true)
                        .put("event_id", withdrawn.eventId());
        withdrawn.since().ifPresent(since -> node.put("since", since.toString()));
        withdrawn
                .provenance()
                .ifPresent(given -> node.set("provenance", ProvenanceAnswers.json(given)));
        send(response, node);
    }

    private void coverage(ServerRequest request, ServerResponse response) {
        ObjectNode node = node();
        ProgressAnswers.write("verdicts", verdicts.progress().now(), node);
        Map<String, Tally> exercised = verdicts.verdicts().exercised();
        var expectations = node.putArray("expectations");
        for (InForce<Expectation> inForce : verdicts.expectations()) {
            Expectation each = inForce.definition().content();
            Optional<Tally> tally = Optional.ofNullable(exercised.get(each.name()));
            ObjectNode entry =
                    expectations
                            .addObject()
                            .put("name", each.name())
                            .put("version", each.version())
                            .put("scenario", each.scenario())
                            .put("critical", each.critical())
                            .put("exercised", tally.isPresent());
            tally.ifPresent(t -> entry.set("tally", t.toJson()));
        }
        Disclosures.items(expectations.size());
        node.put("exercised", exercised.size());
        FalsePositives.write(alerts.among(verdicts.verdicts()), node);
        send(response, node);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void send(ServerResponse response, JsonNode node) {
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(node));
    }
}
