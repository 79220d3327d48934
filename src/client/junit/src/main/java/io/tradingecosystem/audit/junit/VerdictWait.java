package io.tradingecosystem.audit.junit;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until one expectation of a run is judged for good, and compares. */
record VerdictWait(Run run, ExpectVerdict expected) {
    private static final long MAX_POLL_MILLIS = 15_000;

    void await() {
        String name = Run.encoded(expected.expectation());
        JsonNode trigger = run.get("/api/v1/expectations/" + name).at("/definition/when");
        boolean all = expected.status() == ExpectVerdict.Status.FAILED;
        JsonNode outcome = outcome("/outcome?expectation=" + name + "&all_final=" + all);
        JsonNode found = outcome.at("/expectations/0");
        JsonNode as = found.path("statuses").path(expected.status().name());
        if (!outcome.required("settled").booleanValue()) {
            throw failure("has no final verdict within " + expected.within(), outcome, trigger);
        } else if (!outcome.path("incomplete").isEmpty()) {
            throw failure("cannot be told: " + outcome.path("incomplete"), outcome, trigger);
        } else if (!outcome.required("status").asText().equals(expected.status().name())
                || !as.equals(found.path("occurrences"))) {
            throw failure("is not " + expected.status(), outcome, trigger);
        }
    }

    /** The correlator answers when it knows; it is asked again until the time is over. */
    private JsonNode outcome(String question) {
        String path = "/api/v1/scenarios/" + Run.encoded(run.id()) + question + "&wait=";
        long end = System.nanoTime() + Duration.parse("PT" + expected.within()).toNanos();
        for (String asOf = ""; ; ) {
            long left = Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis());
            JsonNode outcome = run.get(path + Math.min(left, MAX_POLL_MILLIS) + "ms" + asOf);
            if (left == 0 || outcome.required("settled").booleanValue()) {
                return outcome;
            }
            asOf = "&as_of=" + outcome.required("as_of").asText();
        }
    }

    private AssertionError failure(String what, JsonNode outcome, JsonNode trigger) {
        JsonNode found = outcome.at("/expectations/0");
        String open = found.path("final").booleanValue() ? ": " : ", not final: ";
        String status = found.path("status").asText() + open + found.path("reason").asText();
        boolean triggered = found.path("occurrences").asInt() > 0;
        String why = triggered ? outcome.path("reason").asText() : untriggered(trigger);
        Object[] values = {expected.expectation(), what, run.id(), status, found.path("statuses")};
        return new AssertionError(
                "%s %s in run %s\n%s; verdicts: %s\n".formatted(values)
                        + "%s\nsee %s".formatted(why, run.timeline()));
    }

    private String untriggered(JsonNode trigger) {
        JsonNode events = run.get("/api/v1/events?limit=100&scenario_id=" + Run.encoded(run.id()));
        List<String> types = events.required("events").findValuesAsText("type");
        String seen = types.stream().distinct().collect(Collectors.joining(", "));
        return "nothing triggered it, which takes %s; events of the run: %s"
                .formatted(trigger, seen.isEmpty() ? "none" : seen);
    }
}
