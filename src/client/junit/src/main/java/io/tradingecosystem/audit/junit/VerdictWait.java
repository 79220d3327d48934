package io.tradingecosystem.audit.junit;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks until one expectation of a run is judged for good, and compares. */
record VerdictWait(Run run, ExpectVerdict expected) {
    /** What was there at one moment, and how far it goes. */
    private record Look(JsonNode links, JsonNode judged, List<JsonNode> verdicts) {
        /** The end of the log: all that was acknowledged by now lies there or before. */
        long head() {
            return Math.max(head(links), head(judged));
        }

        boolean isFinal(long acknowledged) {
            return Math.min(position(links), position(judged)) >= acknowledged
                    && !verdicts.isEmpty()
                    && verdicts.stream().allMatch(Look::isFinal);
        }

        static boolean isFinal(JsonNode verdict) {
            return verdict.required("final").booleanValue();
        }

        private static long head(JsonNode progress) {
            return position(progress) + progress.required("behind").longValue();
        }

        private static long position(JsonNode progress) {
            return progress.required("position").longValue();
        }
    }

    /**
     * Waits and compares.
     *
     * @throws AssertionError if a verdict is another, or there is none for good in time
     */
    void await() throws InterruptedException {
        JsonNode inForce = run.get("/api/v1/expectations/" + name());
        JsonNode trigger = inForce.at("/definition/when");
        long end = System.nanoTime() + Duration.parse("PT" + expected.within()).toNanos();
        Look look = look();
        for (long acknowledged = look.head(); !look.isFinal(acknowledged); look = look()) {
            if (System.nanoTime() > end) {
                String what = "has no final verdict within %s, of %d positions of the log";
                throw failure(what.formatted(expected.within(), acknowledged), look, trigger);
            }
            Thread.sleep(200);
        }
        JsonNode report = run.get("/api/v1/scenarios/" + Run.encoded(run.id()) + "?report=json");
        if (!report.path("incomplete").isEmpty()) {
            throw failure("cannot be told: " + report.path("incomplete"), look, trigger);
        }
        JsonNode version = inForce.required("version");
        if (look.verdicts.stream().anyMatch(v -> !v.path("expectation_version").equals(version))) {
            throw failure("was another when it was judged than now", look, trigger);
        }
        if (!look.verdicts.stream().allMatch(this::isExpected)) {
            throw failure("is not " + expected.status(), look, trigger);
        }
    }

    private Look look() {
        JsonNode links = run.get("/api/v1/timelines?limit=1&scenario_id=" + Run.encoded(run.id()));
        String path =
                "/api/v1/verdicts?scenario_id=" + Run.encoded(run.id()) + "&expectation=" + name();
        List<JsonNode> verdicts = new ArrayList<>();
        JsonNode first = run.get(path);
        for (JsonNode page = first; ; page = run.get(path + "&page_token=" + next(page))) {
            page.required("verdicts").forEach(verdicts::add);
            if (next(page).isEmpty()) {
                return new Look(
                        links.required("links_progress"),
                        first.required("verdicts_progress"),
                        verdicts);
            }
        }
    }

    private AssertionError failure(String what, Look look, JsonNode trigger) {
        Stream<String> found = look.verdicts.stream().filter(this::isLacking).map(this::told);
        return new AssertionError(
                "%s %s in run %s\n%s\nlinks at %s, verdicts at %s\nsee %s"
                        .formatted(
                                expected.expectation(),
                                what,
                                run.id(),
                                look.verdicts.isEmpty()
                                        ? untriggered(trigger)
                                        : found.limit(10).collect(Collectors.joining("\n")),
                                look.links,
                                look.judged,
                                run.timeline()));
    }

    private boolean isLacking(JsonNode verdict) {
        return !Look.isFinal(verdict) || !isExpected(verdict);
    }

    private String told(JsonNode verdict) {
        return verdict.path("status").asText()
                + (Look.isFinal(verdict) ? ": " : ", not final: ")
                + verdict.path("reason").asText();
    }

    private String untriggered(JsonNode trigger) {
        JsonNode events = run.get("/api/v1/events?limit=100&scenario_id=" + Run.encoded(run.id()));
        String seen =
                events.required("events").findValuesAsText("type").stream()
                        .distinct()
                        .limit(10)
                        .collect(Collectors.joining(", "));
        return "nothing triggered it, which takes %s; events of the run: %s"
                .formatted(trigger, seen.isEmpty() ? "none" : seen);
    }

    private boolean isExpected(JsonNode verdict) {
        return verdict.required("status").asText().equals(expected.status().name());
    }

    private String name() {
        return Run.encoded(expected.expectation());
    }

    private static String next(JsonNode page) {
        return page.required("next_page_token").asText();
    }
}
