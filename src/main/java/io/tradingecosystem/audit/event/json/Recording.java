package io.tradingecosystem.audit.event.json;

import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.Times;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads recorded events from NDJSON: one event per line, as the doors take and give them. */
public final class Recording {
    private static final int MAX_PROBLEMS = 20;

    /** A recording is judged by its own times, so none of them lies in the future. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Recording() {}

    /**
     * Reads a file. An event without an id is named after its line; recorded_at is kept, because
     * verdicts depend on it.
     *
     * @throws IOException if the file cannot be read
     * @throws InvalidRecordingException naming the lines that are not events with a time
     */
    public static List<AuditEvent> read(Path file) throws IOException {
        Admission admission =
                Admission.ofRecording(
                        EventLimits.DEFAULT,
                        EventAliases.of(EventAliases.DEFAULT_NAMES, EventAliases.DEFAULT_SERVICES),
                        new EventIds(InstantSource.fixed(LATEST), () -> 0),
                        InstantSource.fixed(LATEST));
        EventJsonReader reader = new EventJsonReader();
        List<AuditEvent> events = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        // Byte by byte, as the doors have it: what is not UTF-8 is for the reader to judge.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            String line = lines.readLine();
            while (line != null && problems.size() < MAX_PROBLEMS) {
                number++;
                if (!line.isBlank()) {
                    String place = file + ":" + number + ": ";
                    byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
                    Candidate candidate = reader.read(text, 0, text.length);
                    read(candidate, admission, "line-" + number, place, events, problems);
                }
                line = lines.readLine();
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRecordingException(problems);
        }
        return events;
    }

    private static void read(
            Candidate candidate,
            Admission admission,
            String id,
            String place,
            List<AuditEvent> events,
            List<String> problems) {
        Instant recordedAt = Instant.EPOCH;
        if (candidate instanceof Candidate.Draft draft) {
            AuditEvent reported = draft.event().build();
            recordedAt = reported.recordedAt();
            if (reported.id().isEmpty()) {
                draft.event().id(id);
            }
        }
        switch (admission.admit(candidate)) {
            case Admission.Result.Admitted admitted -> {
                if (admitted.timeGiven()) {
                    problems.add(place + "has no occurred_at");
                }
                if (recordedAt.isAfter(LATEST) || !Times.fitsNanos(recordedAt)) {
                    problems.add(place + "recorded_at " + recordedAt + " is out of bounds");
                }
                events.add(admitted.event().toBuilder().recordedAt(recordedAt).build());
            }
            case Admission.Result.Refused refused -> problems.add(place + refused.problem().text());
        }
    }
}
