package io.tradingecosystem.audit.access.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

import io.tradingecosystem.audit.common.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the access log: one question of one caller, and all answers to it within a short time.
 *
 * @param what {@code read}, {@code act}, {@code refusal} or {@code loss}
 * @param firstAt when the first was answered, by this machine's clock
 * @param lastAt when the last was
 * @param caller its name; absent if not known
 * @param callerKind how that is known
 * @param address where it asked from, {@code *} for several; absent in a loss
 * @param route what it asked; absent in a loss
 * @param keys by which it asked
 * @param folded whether this stands for questions that differ in keys or addresses
 * @param status the status of HTTP, the code of gRPC, {@code running} of a stream that goes on, or
 *     {@code cancelled} where the caller left; absent in a loss
 * @param reason the name of what it was refused for
 * @param answers how many answers ended; those of a stream that goes on have not
 * @param items how much was told
 * @param firstPosition the first position of what was told, where that has one
 * @param lastPosition the last
 */
public record AccessRecord(
        String what,
        Instant firstAt,
        Instant lastAt,
        Optional<String> caller,
        String callerKind,
        Optional<String> address,
        Optional<String> route,
        Map<String, String> keys,
        boolean folded,
        Optional<String> status,
        Optional<String> reason,
        long answers,
        long items,
        OptionalLong firstPosition,
        OptionalLong lastPosition) {

    private static final ObjectWriter WRITER =
            Json.mapper()
                    .writerFor(AccessRecord.class)
                    .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .with(new Escapes());

    private static final ObjectReader READER = Json.mapper().readerFor(AccessRecord.class);

    /** Copies the keys. */
    public AccessRecord {
        keys = Map.copyOf(keys);
    }

    static AccessRecord of(
            Question question,
            Answer answer,
            Told told,
            long answers,
            Instant first,
            Instant last) {
        return new AccessRecord(
                question.what().name().toLowerCase(Locale.ROOT),
                first,
                last,
                text(question.asker().name()),
                question.asker().kind(),
                text(question.asker().address()),
                text(question.route()),
                question.keys(),
                question.folded(),
                text(answer.status()),
                text(answer.reason()),
                answers,
                told.items(),
                position(told.first()),
                position(told.last()));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static OptionalLong position(long position) {
        return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** As it stands in its file: JSON of ASCII without controls, and a line feed. */
    byte[] line() {
        try {
            byte[] json = WRITER.writeValueAsBytes(this);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a line; empty if it is none. */
    static Optional<AccessRecord> read(byte[] file, int from, int length) {
        try {
            return Optional.of(READER.readValue(file, from, length));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Escapes DEL, too; what is beyond ASCII is escaped in any case. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int DEL = 127;

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[DEL] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
