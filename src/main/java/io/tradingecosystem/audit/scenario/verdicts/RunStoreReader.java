package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what became of chaos runs. Thread-safe. */
public final class RunStoreReader {
    static final List<Status> WORST_FIRST =
            List.of(Status.FAILED, Status.INCONCLUSIVE, Status.PENDING, Status.PASSED);
    private static final int BATCH = 1_000;

    private final Projection projection;
    private final Function<String, Optional<Verdict>> verdicts;

    /**
     * Reads from a projection.
     *
     * @param verdicts gives the current verdict with an id
     */
    RunStoreReader(Projection projection, Function<String, Optional<Verdict>> verdicts) {
        this.projection = projection;
        this.verdicts = verdicts;
    }

    /**
     * A chaos run.
     *
     * @param scenarioId its id
     * @param tally its occurrences and results
     */
    public record Run(String scenarioId, Tally tally) {}

    /**
     * Some chaos runs.
     *
     * @param nextPageToken where to go on; empty when there is nothing more
     */
    public record Page(List<Run> runs, String nextPageToken) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /** One chaos run. */
    public Optional<Run> find(String scenarioId) {
        return projection
                .get(VerdictKeys.scenario(scenarioId))
                .map(bytes -> new Run(scenarioId, Tally.fromJson(JsonRecord.read(bytes))));
    }

    /**
     * The chaos runs that are kept, by the time of their last trigger, the latest first. A run that
     * goes on while pages are read moves to the first.
     *
     * @param limit at most so many
     * @param pageToken where to go on; empty for the first page
     * @throws InvalidQuestionException if the page token is not one
     */
    public Page page(int limit, String pageToken) {
        List<Run> runs = new ArrayList<>();
        String[] next = {""};
        projection.scan(
                KeyBuilder.table(VerdictKeys.RUN_TIMES),
                key(pageToken),
                (key, value) -> {
                    if (runs.size() == limit) {
                        next[0] = token(key);
                        return false;
                    }
                    find(VerdictKeys.runOfTime(key)).ifPresent(runs::add);
                    return true;
                });
        return new Page(runs, next[0]);
    }

    private static String token(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static byte[] key(String token) {
        try {
            byte[] key = Base64.getUrlDecoder().decode(token);
            return key.length == 0 ? KeyBuilder.table(VerdictKeys.RUN_TIMES) : ofRun(key, token);
        } catch (IllegalArgumentException e) {
            throw InvalidQuestionException.pageToken(token);
        }
    }

    private static byte[] ofRun(byte[] key, String token) {
        if (key.length <= 1 + Long.BYTES || key[0] != VerdictKeys.RUN_TIMES) {
            throw InvalidQuestionException.pageToken(token);
        }
        return key;
    }

    /**
     * Some verdicts of a run.
     *
     * @param more whether there are others, for which there was no room
     */
    public record Worst(List<ShownVerdict> shown, boolean more) {
        public Worst {
            shown = List.copyOf(shown);
        }
    }

    /**
     * The current verdicts of a run, those of the worst status first, each in the order in which
     * they were opened. Of one status the newest are read; it costs a look at each that is kept. Of
     * what is final no more than a page is held in memory.
     *
     * @param max at most so many
     * @param maxSize at most about so many bytes in an answer, but for the first verdict
     */
    public Worst worst(String scenarioId, int max, long maxSize) {
        Map<Status, List<String>> newest = newest(scenarioId, max);
        Room room = new Room(scenarioId, max, maxSize);
        List<ShownVerdict> worst = new ArrayList<>();
        for (Status status : WORST_FIRST) {
            worst.addAll(room.fill(newest.getOrDefault(status, List.of())).reversed());
        }
        return new Worst(worst, room.full);
    }

    /** What fits into an answer. For one thread. */
    private final class Room {
        private final String scenarioId;
        private int verdictsLeft;
        private long sizeLeft;
        private long pageLeft = VerdictStoreReader.MAX_PAGE;
        private boolean empty = true;
        private boolean full;

        Room(String scenarioId, int max, long maxSize) {
            this.scenarioId = scenarioId;
            this.verdictsLeft = max;
            this.sizeLeft = maxSize;
        }

        List<ShownVerdict> fill(List<String> ids) {
            List<ShownVerdict> found = new ArrayList<>();
            for (String id : ids) {
                verdicts.apply(id)
                        .filter(verdict -> verdict.scenarioId().equals(scenarioId))
                        .filter(this::takes)
                        .map(this::shown)
                        .ifPresent(found::add);
                if (full) {
                    break;
                }
            }
            return found;
        }

        private boolean takes(Verdict verdict) {
            sizeLeft -= VerdictSize.of(verdict);
            full |= verdictsLeft-- == 0 || (sizeLeft < 0 && !empty);
            empty = false;
            return !full;
        }

        /** What may change before it is written is held, too. */
        private ShownVerdict shown(Verdict verdict) {
            pageLeft -= VerdictSize.of(verdict);
            return pageLeft >= 0 || !verdict.isFinal()
                    ? ShownVerdict.held(verdict)
                    : ShownVerdict.later(verdict, verdicts);
        }
    }

    /**
     * How many occurrences of a run have each status: as they were counted, or, where all are at
     * hand, as they read now. Of a late event that was not looked at only the verdicts tell.
     *
     * @param told the current verdicts of the run, or some of them
     */
    public static Map<Status, Long> results(Run run, List<ShownVerdict> told) {
        return told.size() < run.tally().total()
                ? run.tally().results()
                : told.stream()
                        .collect(
                                Collectors.groupingBy(ShownVerdict::status, Collectors.counting()));
    }

    private Map<Status, List<String>> newest(String scenarioId, int max) {
        Map<Status, List<String>> newest = new EnumMap<>(Status.class);
        List<String> some = new ArrayList<>();
        byte[] prefix = VerdictKeys.ofScenario(scenarioId);
        projection.scan(
                prefix,
                prefix,
                (key, block) -> {
                    IdBlock.read(VerdictKeys.opened(key), block)
                            .reversed()
                            .forEach(each -> some.add(each.verdictId()));
                    if (some.size() >= BATCH) {
                        sort(some, max, newest);
                        some.clear();
                    }
                    return true;
                });
        sort(some, max, newest);
        return newest;
    }

    private void sort(List<String> ids, int max, Map<Status, List<String>> into) {
        List<Optional<byte[]>> windows =
                projection.get(ids.stream().map(VerdictKeys::window).toList());
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            windows.get(i)
                    .map(WindowRecord::standing)
                    .map(Standing::status)
                    .map(status -> into.computeIfAbsent(status, s -> new ArrayList<>()))
                    .filter(list -> list.size() <= max)
                    .ifPresent(list -> list.add(id));
        }
    }
}
