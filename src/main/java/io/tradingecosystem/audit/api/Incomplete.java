package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Omission;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was left out of an answer, in the same form in all of them: {@code "incomplete":
 * [{"bound":"CHAIN_SIZE","left_out":12,"explanation":"…"}]} in JSON, where {@code left_out} is
 * absent if it is not known and the list is absent if the answer is whole; {@code repeated Omission
 * incomplete} in messages; the header {@code audit-incomplete} where the form of an answer is
 * fixed.
 */
public final class Incomplete {
    private static final HeaderName HEADER = HeaderNames.create("audit-incomplete");
    private static final String NAME = "incomplete";

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
        json.writeStringField("explanation", omission.explanation());
        json.writeEndObject();
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
        return message.build();
    }

    /**
     * Says it in the header of an answer whose form is fixed: a list of tokens (RFC 9651) such as
     * {@code LIST_SIZE;left-out=12}.
     */
    public static void head(List<Omission> omissions, ServerResponse response) {
        if (!omissions.isEmpty()) {
            response.header(HEADER, header(omissions));
        }
    }

    private static String header(List<Omission> omissions) {
        return omissions.stream().map(Incomplete::token).collect(Collectors.joining(", "));
    }

    private static String token(Omission omission) {
        String bound = omission.bound().name();
        return omission.leftOut().isEmpty()
                ? bound
                : bound + ";left-out=" + omission.leftOut().getAsLong();
    }
}
