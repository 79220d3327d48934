package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.LimitedBody;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.connection.BodyMemory;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what comes by {@code POST /api/v1/events}: one object, an array, or NDJSON, which is stored
 * while it is read, in constant memory, however long it is. The answer comes when everything is on
 * disk.
 */
final class EventPost {
    private static final Set<String> LINES =
            Set.of(
                    "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/jsonlines");

    private final Intake intake;

    /** Gives events to an intake. */
    EventPost(Intake intake) {
        this.intake = intake;
    }

    void take(ServerRequest request, ServerResponse response) throws InterruptedException {
        if (isLines(request)) {
            lines(request, response);
        } else {
            json(request, response);
        }
    }

    private static boolean isLines(ServerRequest request) {
        String type = request.headers().value(HeaderNames.CONTENT_TYPE).orElse("");
        int parameters = type.indexOf(';');
        String bare = parameters < 0 ? type : type.substring(0, parameters);
        return LINES.contains(bare.strip().toLowerCase(Locale.ROOT));
    }

    private void json(ServerRequest request, ServerResponse response) {
        EventBody body;
        try (InputStream in = RequestBodies.stream(request)) {
            body = EventBody.read(in);
        } catch (JsonProcessingException e) {
            intake.take(Door.HTTP, List.of(EventBody.malformed("not JSON")));
            throw new ProblemException(RequestBodies.notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Receipt> receipts = intake.take(Door.HTTP, body.candidates());
        if (body.single()) {
            EventAnswers.one(response, receipts.getFirst());
        } else {
            EventAnswers.many(response, Results.of(receipts, intake.maxBatch()));
        }
    }

    private void lines(ServerRequest request, ServerResponse response) throws InterruptedException {
        LimitedBody.byRecords(request);
        Results results = new Results(intake.maxBatch());
        BodyMemory memory = RequestBodies.memory(request);
        Feed feed = new Feed(intake, results, memory);
        try (InputStream body = RequestBodies.records(request)) {
            Optional<Problem> broken =
                    read(new LineReader(body, intake.maxLineSize(), memory), feed);
            feed.finish();
            if (broken.isPresent()) {
                throw new ProblemException(results.withResults(broken.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            feed.end();
        }
        EventAnswers.many(response, results);
    }

    /** Reads to the end, or to where it breaks off; what came before that is taken. */
    private Optional<Problem> read(LineReader lines, Feed feed) throws InterruptedException {
        EventJsonReader reader = new EventJsonReader();
        for (long line = 1; ; line++) {
            try {
                if (!lines.next()) {
                    return Optional.empty();
                }
            } catch (IOException | RuntimeException e) {
                // What kind of failure it is when a sender goes away is the web server's affair.
                Problem problem =
                        e instanceof ProblemException reported
                                ? reported.problem()
                                : Problem.of(Kind.INVALID, "The body breaks off before its end.");
                // A line for which there is no room now is undecided: it may be sent again.
                if (lines.isInLine() && problem.kind() != Kind.BUSY) {
                    feed.put(EventBody.malformed("the body broke off in this line"), line, 0);
                }
                return Optional.of(problem);
            }
            if (!lines.isBlank()) {
                feed.put(candidate(lines, reader), line, lines.length());
            }
        }
    }

    private Candidate candidate(LineReader lines, EventJsonReader reader) {
        if (lines.isTooLong()) {
            return new Candidate.Unreadable(
                    "",
                    "",
                    new EventProblem(
                            Reason.EVENT_SIZE,
                            "the line is longer than " + intake.maxLineSize() + " bytes"));
        }
        return reader.read(lines.bytes(), lines.start(), lines.length());
    }
}
