package io.tradingecosystem.audit.access.log;

import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.Meters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who asked what, in files of its own beside the log of events. What is noted is put together in
 * tables of bounded size, of known callers, unknown ones and refused ones each, so that none takes
 * the place of another; a thread of its own writes them every {@link #INTERVAL}. Nobody who asks
 * waits for the disk: what cannot be written is counted, logged once, and recorded as lost when
 * there is room again. Thread-safe.
 */
public final class AccessLog implements AutoCloseable {
    /** The name of its directory beside the log of events. */
    public static final String DIRECTORY = "access-log";

    private static final EventLogger LOG = EventLogger.of(AccessLog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int BATCH = 1_000;
    private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(1);

    private final Time time;
    private final AccessSegments segments;
    private final AccessLogReader reader;
    private final AccessTable known = new AccessTable();
    private final AccessTable unknown = new AccessTable();
    private final AccessTable refused = new AccessTable();
    private final Set<Disclosure> running = ConcurrentHashMap.newKeySet();
    private final Set<Disclosure> noted = new HashSet<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final RecurringTask writer;
    private long unwritten;
    private Instant unwrittenSince = Instant.EPOCH;
    private long retained;
    private boolean isBroken;

    private AccessLog(Time time, AccessSegments segments) {
        this.time = time;
        this.segments = segments;
        this.reader = new AccessLogReader(segments, time.ticker());
        this.retained = time.tick();
        this.writer =
                RecurringTask.builder("access-log", this::step, this::failed)
                        .initialDelay(INTERVAL)
                        .farewell(() -> write(true))
                        .build();
    }

    /**
     * A log that writes from now on.
     *
     * @param directory where its files are
     * @param retentionAge how long lines are kept
     * @param retentionSize how many bytes its files may take
     */
    public static AccessLog start(
            Path directory, Duration retentionAge, long retentionSize, Meters meters, Time time) {
        AccessSegments segments =
                new AccessSegments(directory, retentionAge, retentionSize, time.clock());
        AccessLog log = new AccessLog(time, segments);
        meters.counter("access_log_records", "Lines written to the access log", log.written::get);
        meters.counter(
                "access_log_lost", "Answers that are missing in the access log", log.lost::get);
        log.writer.start();
        return log;
    }

    /** Notes an answer that told nothing. */
    public void note(Question question, Answer answer) {
        add(question, answer, Told.NOTHING, 1);
    }

    /** A request that is served from now on; it is noted when it ends. */
    public Disclosure begin(Question question) {
        return new Disclosure(question, running::add);
    }

    /** Notes how a request was answered, and what it was told. */
    public void end(Disclosure disclosure, Answer answer) {
        running.remove(disclosure);
        add(disclosure.question(), answer, disclosure.take(), 1);
    }

    /**
     * Records that are on disk, a page of them.
     *
     * @throws io.tradingecosystem.audit.common.InvalidQuestionException if the page token is none
     */
    public AccessPage find(AccessQuery query) {
        return reader.find(query);
    }

    private void add(Question question, Answer answer, Told told, long answers) {
        table(question).add(question, answer, told, answers, time.now(), time.tick());
    }

    private AccessTable table(Question question) {
        if (question.what() == What.REFUSAL) {
            return refused;
        }
        return question.asker().name().isEmpty() ? unknown : known;
    }

    private Duration step() {
        noteRunning();
        write(false);
        retain();
        return INTERVAL;
    }

    /** A stream is noted when it has begun, and then as it goes on. */
    private void noteRunning() {
        for (Disclosure each : running) {
            Told told = each.take();
            if (told.items() > 0 || noted.add(each)) {
                noted.add(each);
                add(each.question(), Answer.RUNNING, told, 0);
            }
        }
        noted.retainAll(running);
    }

    private void write(boolean all) {
        List<AccessRecord> records = new ArrayList<>();
        for (AccessTable table : List.of(known, unknown, refused)) {
            records.addAll(table.take(time.tick(), all));
            unwritten(table.takeLost());
        }
        for (int from = 0; from < records.size(); from += BATCH) {
            write(records.subList(from, Math.min(from + BATCH, records.size())));
        }
    }

    private void write(List<AccessRecord> records) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        if (unwritten > 0) {
            lines.writeBytes(loss().line());
        }
        records.forEach(record -> lines.writeBytes(record.line()));
        try {
            segments.append(lines.toByteArray());
            written(records.size());
        } catch (IOException e) {
            unwritten(records.stream().mapToLong(each -> Math.max(1, each.answers())).sum());
            warn(e);
        }
    }

    private void written(int records) {
        written.addAndGet(records);
        if (unwritten > 0) {
            LOG.info("access.log.written_again", "lost", unwritten, "since", unwrittenSince);
        }
        unwritten = 0;
        isBroken = false;
    }

    private void unwritten(long answers) {
        if (answers > 0) {
            unwrittenSince = unwritten == 0 ? time.now() : unwrittenSince;
            unwritten += answers;
            lost.addAndGet(answers);
        }
    }

    private AccessRecord loss() {
        Question question = new Question(What.LOSS, Asker.ITSELF, "", Map.of());
        return AccessRecord.of(
                question, Answer.NONE, Told.NOTHING, unwritten, unwrittenSince, time.now());
    }

    private void warn(IOException failure) {
        if (!isBroken) {
            LOG.error("access.log.lost", "reason", failure, "remedy", "make room on its disk");
        }
        isBroken = true;
    }

    private void retain() {
        if (time.tick() - retained >= RETENTION_INTERVAL.toNanos()) {
            retained = time.tick();
            try {
                segments.removeOld();
            } catch (IOException e) {
                warn(e);
            }
        }
    }

    private Duration failed(Throwable failure) {
        LOG.error("access.log.failed", failure);
        return INTERVAL;
    }

    /** Writes what is left. */
    @Override
    public void close() {
        writer.close();
        segments.close();
    }
}
