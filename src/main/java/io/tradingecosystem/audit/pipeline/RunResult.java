package io.tradingecosystem.audit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a run, as the service answered it last. Immutable.
 *
 * @param run its scenario_id
 * @param status PASSED, FAILED, PENDING or INCONCLUSIVE
 * @param settled whether waiting would have changed nothing
 * @param reason empty where all is well
 * @param asOf the end of the log when the service was asked first
 * @param parts of each expectation that had to pass
 * @param answer the whole answer
 */
public record RunResult(
        String run,
        String status,
        boolean settled,
        String reason,
        String asOf,
        List<Part> parts,
        JsonNode answer) {
    private static final int FAILED = 1;
    private static final int INCONCLUSIVE = 3;

    public RunResult {
        parts = List.copyOf(parts);
    }

    /**
     * Of an expectation.
     *
     * @param verdicts those that the status comes from
     */
    public record Part(
            String name,
            boolean critical,
            String status,
            boolean isFinal,
            long occurrences,
            String reason,
            List<Line> verdicts) {
        public Part {
            verdicts = List.copyOf(verdicts);
        }

        /** Whether it has passed for good. */
        public boolean hasPassed() {
            return isFinal && status.equals("PASSED");
        }
    }

    /** A verdict. */
    public record Line(String status, String triggerId, String triggeredAt, String reason) {}

    /** Reads an answer of the service. */
    static RunResult read(JsonNode answer) {
        List<Part> parts = new ArrayList<>();
        answer.required("expectations").forEach(each -> parts.add(part(each)));
        return new RunResult(
                text(answer, "scenario_id"),
                text(answer, "status"),
                answer.required("settled").booleanValue(),
                text(answer, "reason"),
                text(answer, "as_of"),
                parts,
                answer);
    }

    private static Part part(JsonNode node) {
        List<Line> lines = new ArrayList<>();
        node.required("deciding").forEach(each -> lines.add(line(each)));
        return new Part(
                text(node, "name"),
                node.required("critical").booleanValue(),
                text(node, "status"),
                node.required("final").booleanValue(),
                node.required("occurrences").longValue(),
                text(node, "reason"),
                lines);
    }

    private static Line line(JsonNode node) {
        return new Line(
                text(node, "status"),
                text(node, "trigger_id"),
                text(node, "triggered_at"),
                text(node, "reason"));
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asText();
    }

    /** Whether all has passed for good, and the service says so, too. */
    public boolean hasPassed() {
        return settled
                && status.equals("PASSED")
                && !parts.isEmpty()
                && !answer.has("incomplete")
                && parts.stream().allMatch(Part::hasPassed);
    }

    /** 0 passed, 1 failed, 3 anything else. */
    public int exitCode() {
        if (hasPassed()) {
            return 0;
        }
        return status.equals("FAILED") ? FAILED : INCONCLUSIVE;
    }

    /** How many verdicts were judged on complete evidence; empty where none was, or is told. */
    public String evidence() {
        JsonNode evidence = answer.path("evidence");
        long judged = evidence.path("judged").asLong();
        return judged == 0
                ? ""
                : "judged on complete evidence: "
                        + evidence.path("complete").asLong()
                        + " of "
                        + judged;
    }

    /** What of the run the answer leaves out, so that its counts are not all; empty if nothing. */
    public String leftOut() {
        List<String> bounds = new ArrayList<>();
        answer.path("incomplete").forEach(each -> bounds.add(each.path("explanation").asText()));
        return bounds.isEmpty() ? "" : "left out: " + String.join("; ", bounds);
    }

    /** In a sentence. */
    public String summary() {
        String why = reason.isEmpty() ? "" : ": " + reason;
        String open = settled ? "" : ", which may still change";
        return "run " + run + " is " + status + open + why;
    }
}
