package io.tradingecosystem.audit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the service that a run begins and ends: events of the types {@code scenario.started} and
 * {@code scenario.ended}, with the run as their scenario_id.
 *
 * @param source the service that the events are of
 * @param run the run's id
 * @param scenario its kind, or absent
 */
public record RunStart(String source, String run, Optional<String> scenario) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Begins the run.
     *
     * @return what time it was at the service before
     * @throws RefusedException if events or verdicts of a run of this id are there already, or the
     *     service does not take the event
     */
    public Instant begin(ServiceApi service) throws InterruptedException {
        JsonNode before = service.get("/api/v1/scenarios/" + encoded() + "/outcome", PATIENCE);
        JsonNode events = service.get("/api/v1/events?limit=1&scenario_id=" + encoded(), PATIENCE);
        if (!before.required("expectations").isEmpty() || !events.required("events").isEmpty()) {
            throw new RefusedException("there is a run of the id " + run + "; choose another");
        }
        service.post("/api/v1/events", event("scenario.started").toString(), PATIENCE);
        return Instant.parse(before.required("at").asText());
    }

    /** Ends the run. */
    public void end(ServiceApi service, int exitCode) throws InterruptedException {
        ObjectNode event = event("scenario.ended");
        event.withObject("/attributes").put("exit_code", exitCode);
        service.post("/api/v1/events", event.toString(), PATIENCE);
    }

    private ObjectNode event(String type) {
        ObjectNode event =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("service", source)
                        .put("type", type)
                        .put("scenario_id", run);
        ObjectNode attributes = event.putObject("attributes");
        scenario.ifPresent(kind -> attributes.put("scenario", kind));
        return event;
    }

    private String encoded() {
        return URLEncoder.encode(run, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
