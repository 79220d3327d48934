package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.server.grpc.CallNotes;
import io.tradingecosystem.audit.server.grpc.Protobuf;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was left out of an answer, in the same form in all of them: {@code "incomplete":
 * [{"bound":"CHAIN_SIZE","left_out":12,"explanation":"…"}]} in JSON, where {@code left_out} is
 * absent if it is not known, {@code since} and {@code until} are there where it concerns a time,
 * and the list is absent if the answer is whole; {@code repeated Omission incomplete} in messages;
 * the header {@code audit-incomplete} where the form of an answer is fixed.
 */
public final class Incomplete {
    private static final HeaderName HEADER = HeaderNames.create("audit-incomplete");
    private static final String NAME = "incomplete";
    private static final int MAX_IN_HEADER = 10;

    private Incomplete() {}

    /** Writes a member of the object that is open. */
    public static void write(List<Omission> omissions, JsonGenerator json) throws IOException {
        write(NAME, omissions, json);
    }

    /** The same under another name, where an answer is made of two. */
    public static void write(String name, List<Omission> omissions, JsonGenerator json)
            throws IOException {
        if (!omissions.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (Omission omission : omissions) {
                member(omission, json);
            }
            json.writeEndArray();
        }
    }

    private static void member(Omission omission, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("bound", omission.bound().name());
        if (omission.leftOut().isPresent()) {
            json.writeNumberField("left_out", omission.leftOut().getAsLong());
        }
        time("since", omission.since(), json);
        time("until", omission.until(), json);
        json.writeStringField("explanation", omission.explanation());
        json.writeEndObject();
    }

    private static void time(String name, Optional<Instant> time, JsonGenerator json)
            throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, Times.format(time.get()));
        }
    }

    /** Puts a member into an object. */
    public static void write(List<Omission> omissions, ObjectNode node) {
        if (!omissions.isEmpty()) {
            ArrayNode list = node.putArray(NAME);
            omissions.forEach(omission -> member(omission, list.addObject()));
        }
    }

    private static void member(Omission omission, ObjectNode node) {
        node.put("bound", omission.bound().name());
        omission.leftOut().ifPresent(leftOut -> node.put("left_out", leftOut));
        omission.since().ifPresent(since -> node.put("since", Times.format(since)));
        omission.until().ifPresent(until -> node.put("until", Times.format(until)));
        node.put("explanation", omission.explanation());
    }

    /** The same as messages. */
    public static List<io.tradingecosystem.audit.v1.Omission> messages(List<Omission> omissions) {
        return omissions.stream().map(Incomplete::message).toList();
    }

    private static io.tradingecosystem.audit.v1.Omission message(Omission omission) {
        var message =
                io.tradingecosystem.audit.v1.Omission.newBuilder()
                        .setBound(omission.bound().name())
                        .setExplanation(omission.explanation());
        omission.leftOut().ifPresent(message::setLeftOut);
        omission.since().map(Protobuf::timestamp).ifPresent(message::setSince);
        omission.until().map(Protobuf::timestamp).ifPresent(message::setUntil);
        return message.build();
    }

    /**
     * Says it in the header of an answer whose form is fixed: a list of tokens (RFC 9651) such as
     * {@code LIST_SIZE;left-out=12}, the first ten of them.
     */
    public static void head(List<Omission> omissions, ServerResponse response) {
        if (!omissions.isEmpty()) {
            response.header(HEADER, header(omissions));
        }
    }

    /** Says it in the header of a call whose messages are fixed. */
    public static void note(List<Omission> omissions) {
        if (!omissions.isEmpty()) {
            CallNotes.put(HEADER.lowerCase(), header(omissions));
        }
    }

    private static String header(List<Omission> omissions) {
        String first =
                omissions.stream()
                        .limit(MAX_IN_HEADER)
                        .map(Incomplete::token)
                        .collect(Collectors.joining(", "));
        int more = omissions.size() - MAX_IN_HEADER;
        return more > 0 ? first + ", MORE;left-out=" + more : first;
    }

    private static String token(Omission omission) {
        String leftOut =
                omission.leftOut().isEmpty() ? "" : ";left-out=" + omission.leftOut().getAsLong();
        return omission.bound().name()
                + leftOut
                + time("since", omission.since())
                + time("until", omission.until());
    }

    private static String time(String name, Optional<Instant> time) {
        return time.map(at -> ";" + name + "=\"" + Times.format(at) + "\"").orElse("");
    }
}
