package io.tradingecosystem.audit.api.links;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.SelectionParameters;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChains;
import io.tradingecosystem.audit.correlation.analysis.CausalChains.Towards;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Report;
import io.tradingecosystem.audit.correlation.analysis.Group;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.TimelineQuestion;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Timelines, causal chains, groups and delays under {@code /api/v1}, as JSON, or drawn where the
 * caller asks for {@code text/plain}.
 */
public final class TimelineRoutes implements HttpService {
    private final LinkAnalyses correlations;

    /** Shows what is told from events and links. */
    public TimelineRoutes(LinkAnalyses correlations) {
        this.correlations = correlations;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/timelines", this::timeline)
                .get("/events/{id}/chain", this::chain)
                .get("/events/{id}/group", this::group)
                .get("/statistics/delays", this::delays);
    }

    private void timeline(ServerRequest request, ServerResponse response) {
        QueryParameters query =
                selecting(request, "limit", "page_token", "silence", "correct_clocks");
        TimelineQuestion question =
                new TimelineQuestion(
                        selection(query),
                        query.limit(LinkLimits.TIMELINE),
                        query.pageToken(),
                        query.duration("silence", TimelineQuestion.DEFAULT_SILENCE),
                        query.flag("correct_clocks", correlations.correctsClocks()));
        Progress progress = correlations.progress().get();
        Timeline timeline = correlations.timeline(question);
        if (Answers.wantsText(request)) {
            Answers.text(response, out -> new Drawing(out).timeline(timeline, query, progress));
        } else {
            Answers.json(response, json -> LinkJson.write(timeline, query, progress, json));
        }
    }

    private void chain(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "direction", "depth", "size");
        String id = PathParameters.text(request, "id");
        Progress progress = correlations.progress().get();
        CausalChain chain =
                correlations.chain(
                        new CausalChains.Question(
                                id,
                                query.choice("direction", Towards.class).orElse(Towards.BOTH),
                                query.limit("depth", LinkLimits.CHAIN_DEPTH),
                                query.limit("size", LinkLimits.CHAIN_SIZE)));
        if (Answers.wantsText(request)) {
            Answers.text(response, out -> new Drawing(out).chain(chain, progress));
        } else {
            Answers.json(response, json -> LinkJson.write(chain, progress, json));
        }
    }

    private void group(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "by", "size");
        String id = PathParameters.text(request, "id");
        Group group =
                correlations
                        .groups()
                        .of(id, by(query), query.limit("size", LinkLimits.GROUP_SIZE))
                        .orElseThrow(() -> correlations.removed().unknown(id));
        group.members().forEach(member -> Disclosures.event(member.event()));
        Answers.json(response, json -> LinkJson.write(group, json));
    }

    private Set<String> by(QueryParameters query) {
        Set<String> known = correlations.groups().keys();
        if (query.text("by").isEmpty()) {
            return known;
        }
        Set<String> by = new LinkedHashSet<>(Arrays.asList(query.text("by").split(",")));
        if (!known.containsAll(by)) {
            throw QueryParameters.invalid("by", "it is a list of " + String.join(",", known));
        }
        return by;
    }

    private void delays(ServerRequest request, ServerResponse response) {
        QueryParameters query = selecting(request, "baseline", "baseline_from", "baseline_to");
        Selection selection = selection(query);
        boolean compares =
                !(query.text("baseline") + query.text("baseline_from") + query.text("baseline_to"))
                        .isEmpty();
        Selection other = compares ? baseline(query, selection) : selection;
        DelayStatistics statistics = correlations.delays();
        Progress progress = correlations.progress().get();
        Report report = statistics.of(selection);
        correlations.removed().requireKept(selection.from(), selection.to(), report.events() == 0);
        if (compares) {
            Report baseline = statistics.of(other);
            requireEvents(baseline, query.text("baseline"));
            Answers.json(
                    response,
                    json ->
                            DelayJson.write(
                                    report,
                                    baseline,
                                    DelayStatistics.compare(report, baseline),
                                    progress,
                                    json));
        } else {
            Answers.json(response, json -> DelayJson.write(report, progress, json));
        }
    }

    /** A run that is misspelt must not pass for one without delays. */
    private static void requireEvents(Report baseline, String run) {
        if (!run.isEmpty() && baseline.events() == 0) {
            throw ProblemException.unknown("event of the baseline", run);
        }
    }

    /** Another scenario, or the same key at another time. */
    private static Selection baseline(QueryParameters query, Selection selection) {
        TimeRange time = TimeRange.of(query, "baseline_from", "baseline_to");
        if (query.text("baseline").isEmpty()) {
            return selection.between(time.from(), time.to());
        }
        if (!selection.key().isBy(IndexedField.SCENARIO_ID)) {
            throw QueryParameters.invalid(
                    "baseline",
                    "it is the scenario_id of a run without chaos and goes with scenario_id;"
                            + " otherwise use baseline_from and baseline_to");
        }
        Selection.Key run = Selection.Key.of(IndexedField.SCENARIO_ID, query.text("baseline"));
        return new Selection(run, time.from(), time.to());
    }

    private QueryParameters selecting(ServerRequest request, String... more) {
        return QueryParameters.of(
                request, SelectionParameters.names(correlations.businessKeys(), more));
    }

    private Selection selection(QueryParameters query) {
        return SelectionParameters.of(query, correlations.businessKeys(), correlations.aliases())
                .selection();
    }
}
