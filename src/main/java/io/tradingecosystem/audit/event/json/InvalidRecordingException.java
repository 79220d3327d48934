package io.tradingecosystem.audit.event.json;

import io.tradingecosystem.audit.common.PrintableText;

import java.util.List;
import java.util.stream.Collectors;

/** A file is not a recording; the message names the lines. */
public final class InvalidRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRecordingException(List<String> problems) {
        super(problems.stream().map(PrintableText::line).collect(Collectors.joining("\n")));
    }

    /** What is wrong at a place. */
    public static InvalidRecordingException at(String place, String problem) {
        return new InvalidRecordingException(List.of(place + ": " + problem));
    }
}
