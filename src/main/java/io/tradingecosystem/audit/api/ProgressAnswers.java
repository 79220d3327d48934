package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.grpc.CallNotes;

import java.io.IOException;

/**
 * How far links or verdicts had come when an answer was begun, in the same form in all of them:
 * {@code "links_progress": {"position": 12, "behind": 3}} in JSON, {@code Progress links_progress}
 * in messages, the header {@code audit-progress} (RFC 9651: {@code verdicts;position=12;behind=3})
 * where the form of an answer is fixed, a sentence for people where something is behind.
 */
public final class ProgressAnswers {
    private static final HeaderName HEADER = HeaderNames.create("audit-progress");

    private ProgressAnswers() {}

    /**
     * Writes a member of the object that is open.
     *
     * @param what {@code links} or {@code verdicts}
     */
    public static void write(String what, Progress progress, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(what + "_progress");
        json.writeNumberField("position", progress.position());
        json.writeNumberField("behind", progress.behind());
        json.writeEndObject();
    }

    /** Puts a member into an object. */
    public static void write(String what, Progress progress, ObjectNode node) {
        node.putObject(what + "_progress")
                .put("position", progress.position())
                .put("behind", progress.behind());
    }

    /** The same as a message. */
    public static io.tradingecosystem.audit.v1.Progress message(Progress progress) {
        return io.tradingecosystem.audit.v1.Progress.newBuilder()
                .setPosition(progress.position())
                .setBehind(progress.behind())
                .build();
    }

    /** Says it in the header of an answer whose form is fixed. */
    public static void head(String what, Progress progress, ServerResponse response) {
        response.header(HEADER, header(what, progress));
    }

    /** Says it in the header of a call whose messages are fixed. */
    public static void note(String what, Progress progress) {
        CallNotes.put(HEADER.lowerCase(), header(what, progress));
    }

    private static String header(String what, Progress progress) {
        return what + ";position=" + progress.position() + ";behind=" + progress.behind();
    }

    /** Says it to people; empty when nothing is behind. */
    public static String sentence(String what, Progress progress) {
        return progress.isBehind()
                ? what
                        + " have come to position "
                        + progress.position()
                        + "; "
                        + progress.behind()
                        + " events behind it are not worked in yet"
                : "";
    }
}
