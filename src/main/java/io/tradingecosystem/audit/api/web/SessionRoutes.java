package io.tradingecosystem.audit.api.web;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.Caller;
import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.access.PageSessions;
import io.tradingecosystem.audit.access.Role;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Who asks, and logging in to the page and out: {@code /api/v1/session}. */
public final class SessionRoutes implements HttpService {
    private static final String PATH = "/api/v1/session";

    private final PageSessions sessions;

    /** Shows whose sessions there are. */
    public SessionRoutes(PageSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, QueryParameters.none(this::show))
                .post(PATH, QueryParameters.none(this::begin))
                .delete(PATH, QueryParameters.none(this::end));
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = Caller.current().orElse(Caller.NONE);
        Optional<Instant> until =
                caller.kind() == Kind.SESSION ? sessions.end(request) : Optional.empty();
        Answers.json(response, json -> write(caller, until, json));
    }

    private void begin(ServerRequest request, ServerResponse response) {
        PageSessions.Begun begun = sessions.begin(request, response);
        response.status(Status.CREATED_201);
        Answers.json(response, json -> write(begun.caller(), Optional.of(begun.end()), json));
    }

    private void end(ServerRequest request, ServerResponse response) {
        sessions.end(request, response);
        response.status(Status.NO_CONTENT_204).send();
    }

    private static void write(Caller caller, Optional<Instant> until, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", caller.name());
        json.writeStringField("kind", caller.kind().name());
        write("roles", caller.roles().stream().map(Role::settingName), json);
        write("services", caller.services().stream(), json);
        if (until.isPresent()) {
            json.writeStringField("until", until.get().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        json.writeEndObject();
    }

    private static void write(String name, Stream<String> values, JsonGenerator json)
            throws IOException {
        json.writeFieldName(name);
        String[] sorted = values.sorted().toArray(String[]::new);
        json.writeArray(sorted, 0, sorted.length);
    }
}
