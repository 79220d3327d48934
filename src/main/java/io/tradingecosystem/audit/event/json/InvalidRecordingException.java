package io.tradingecosystem.audit.event.json;

import java.util.List;

/** A file is not a recording; the message names the lines. */
public final class InvalidRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRecordingException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** What is wrong at a place. */
    static InvalidRecordingException at(String place, String problem) {
        return new InvalidRecordingException(List.of(place + ": " + problem));
    }
}
