package io.tradingecosystem.audit.access.log;

import io.tradingecosystem.audit.access.log.AccessQuery.Order;
import io.tradingecosystem.audit.access.log.AccessSegments.Segment;
import io.tradingecosystem.audit.common.InvalidQuestionException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds records in the files of the access log, one file in memory at a time, whoever asks. It
 * stops early, with a short page and a token to go on, when the time for one question is over.
 * Thread-safe.
 */
final class AccessLogReader {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern TOKEN = Pattern.compile("(\\d{15})-(\\d{1,10})");

    private final AccessSegments segments;
    private final LongSupplier ticker;
    private final ReentrantLock reading = new ReentrantLock();

    AccessLogReader(AccessSegments segments, LongSupplier ticker) {
        this.segments = segments;
        this.ticker = ticker;
    }

    /**
     * A place between two lines.
     *
     * @param segment the name of a file
     * @param offset in bytes from its start
     */
    private record Place(String segment, int offset) {
        static Place of(String token) {
            Matcher matcher = TOKEN.matcher(token);
            if (!matcher.matches()) {
                throw InvalidQuestionException.pageToken(token);
            }
            return new Place(matcher.group(1), offset(matcher.group(2)));
        }

        private static int offset(String digits) {
            return (int) Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
        }

        String token() {
            return segment + "-" + offset;
        }
    }

    /** A page; the token is that of the place behind the last line that was looked at. */
    AccessPage find(AccessQuery query) {
        reading.lock();
        try {
            return new Search(query).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reading.unlock();
        }
    }

    private final class Search {
        private final AccessQuery query;
        private final boolean isForward;
        private final Optional<Place> start;
        private final long end = ticker.getAsLong() + PATIENCE.toNanos();
        private final List<AccessRecord> found = new ArrayList<>();
        private int unreadable;
        private Optional<Place> stopped = Optional.empty();

        Search(AccessQuery query) {
            this.query = query;
            this.isForward = query.order() == Order.OLDEST_FIRST;
            this.start =
                    query.pageToken().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Place.of(query.pageToken()));
        }

        AccessPage run() throws IOException {
            List<Segment> there = segments.segments();
            for (Segment segment : isForward ? there : there.reversed()) {
                if (stopped.isEmpty() && !isPassed(segment)) {
                    look(segment);
                }
            }
            return new AccessPage(found, stopped.map(Place::token).orElse(""), unreadable);
        }

        private boolean isPassed(Segment segment) {
            int order = start.map(at -> segment.name().compareTo(at.segment())).orElse(0);
            return isForward ? order < 0 : order > 0;
        }

        private void look(Segment segment) throws IOException {
            byte[] bytes = bytes(segment);
            List<Integer> starts = starts(bytes);
            Optional<Integer> from =
                    start.filter(at -> at.segment().equals(segment.name())).map(Place::offset);
            if (isForward) {
                for (int i = 0; i < starts.size() - 1; i++) {
                    if (starts.get(i) >= from.orElse(0)) {
                        line(segment, bytes, starts.get(i), starts.get(i + 1), starts.get(i));
                    }
                }
            } else {
                for (int i = starts.size() - 2; i >= 0; i--) {
                    if (starts.get(i + 1) <= from.orElse(Integer.MAX_VALUE)) {
                        line(segment, bytes, starts.get(i), starts.get(i + 1), starts.get(i + 1));
                    }
                }
            }
        }

        /** Looks at a line, unless the page ends before it. */
        private void line(Segment segment, byte[] bytes, int from, int to, int before) {
            if (stopped.isPresent()) {
                return;
            }
            if (found.size() == query.limit() || ticker.getAsLong() - end >= 0) {
                stopped = Optional.of(new Place(segment.name(), before));
                return;
            }
            Optional<AccessRecord> line = AccessRecord.read(bytes, from, to - from);
            unreadable += line.isEmpty() ? 1 : 0;
            line.filter(query::matches).ifPresent(found::add);
        }
    }

    /** What of a file is there; one that was removed meanwhile is empty. */
    private static byte[] bytes(Segment segment) throws IOException {
        try (InputStream in = Files.newInputStream(segment.file())) {
            return in.readNBytes((int) Math.min(segment.length(), Integer.MAX_VALUE >> 1));
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Where lines begin, and where the last one ends, whether it has a line feed or not. */
    private static List<Integer> starts(byte[] bytes) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                starts.add(i + 1);
            }
        }
        if (starts.getLast() < bytes.length) {
            starts.add(bytes.length);
        }
        return starts;
    }
}
