package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The times in which events may have been lost. Those that touch are one, so that no two overlap
 * and each question is one look into a tree. Past {@link #MAX} the oldest fall below a floor: what
 * was lost before it is not known any more, which is a gap like any other. All of it follows from
 * the order in which gaps are learned. For the one thread that judges.
 */
final class Gaps {
    static final int MAX = 1_000;

    private final VerdictStoreWriter writer;
    private final NavigableMap<Instant, Gap> gaps = new TreeMap<>();
    private Optional<Gap> unknown;

    /** The gaps as they were with the last commit. */
    Gaps(VerdictStoreWriter writer) {
        this.writer = writer;
        this.unknown = writer.get(VerdictKeys.unknownGaps()).map(Gaps::read);
        List<Gap> stored = new ArrayList<>();
        writer.scan('g', (key, value) -> stored.add(read(JsonRecord.read(value))));
        stored.stream().sorted(Gap.ORDER).forEach(this::restore);
    }

    /** All of them, in order; they do not overlap, but for what is not known any more. */
    List<Gap> all() {
        List<Gap> list = new ArrayList<>();
        unknown.ifPresent(list::add);
        list.addAll(gaps.values());
        return list;
    }

    /** The first that overlaps a time. */
    Optional<Gap> overlapping(Instant from, Instant to) {
        Optional<Gap> old = unknown.filter(gap -> gap.overlaps(from, to));
        return old.isPresent() ? old : known(from, to);
    }

    private Optional<Gap> known(Instant from, Instant to) {
        return before(from)
                .filter(gap -> gap.overlaps(from, to))
                .or(() -> value(gaps.higherEntry(from)).filter(gap -> gap.overlaps(from, to)));
    }

    /** When a time that was to be over then is, as senders must catch up after each gap in it. */
    Instant caughtUp(Instant from, Instant end, Duration catchUp) {
        Instant due = end;
        Optional<Gap> lost = overlapping(from, due);
        while (lost.isPresent()) {
            Instant told = lost.get().to().plus(catchUp);
            due = told.isAfter(due) ? told : due;
            lost = overlapping(lost.get().to(), due);
        }
        return due;
    }

    /**
     * Adds a gap.
     *
     * @return whether it tells anything new, also a reason; of a gap below the floor that is not
     *     known any more, so it may
     */
    boolean add(Gap gap) {
        boolean learned = gap.isUnknown() ? sink(gap) : isSunk(gap) || merge(gap);
        while (gaps.size() > MAX) {
            Gap oldest = gaps.firstEntry().getValue();
            remove(oldest);
            sink(Gap.before(oldest.to()));
        }
        return learned;
    }

    /** What a gap that was added has become a part of: the windows of all of it may read anew. */
    Gap around(Gap gap) {
        return before(gap.from()).filter(whole -> !whole.to().isBefore(gap.to())).orElse(gap);
    }

    /** Until gaps that touch were made one, they were kept as they came. */
    private void restore(Gap gap) {
        if (touching(gap).isEmpty()) {
            gaps.put(gap.from(), gap);
        } else {
            writer.delete(VerdictKeys.gap(gap));
            merge(gap);
        }
    }

    /** Makes one of a gap and all that it touches; false if that is what was there already. */
    private boolean merge(Gap gap) {
        List<Gap> touched = touching(gap);
        Gap whole = touched.stream().reduce(Gap::with).map(old -> old.with(gap)).orElse(gap);
        if (touched.equals(List.of(whole))) {
            return false;
        }
        touched.forEach(this::remove);
        gaps.put(whole.from(), whole);
        writer.put(VerdictKeys.gap(whole), toJson(whole));
        return true;
    }

    private List<Gap> touching(Gap gap) {
        Instant first =
                before(gap.from())
                        .filter(earlier -> !earlier.to().isBefore(gap.from()))
                        .map(Gap::from)
                        .orElse(gap.from());
        return List.copyOf(gaps.subMap(first, true, gap.to(), true).values());
    }

    private void remove(Gap gap) {
        gaps.remove(gap.from());
        writer.delete(VerdictKeys.gap(gap));
    }

    /** Raises the floor; false if it was as high. */
    private boolean sink(Gap floor) {
        if (isSunk(floor)) {
            return false;
        }
        unknown = Optional.of(floor);
        writer.put(VerdictKeys.unknownGaps(), toJson(floor));
        return true;
    }

    private boolean isSunk(Gap gap) {
        return unknown.filter(floor -> !gap.to().isAfter(floor.to())).isPresent();
    }

    private Optional<Gap> before(Instant from) {
        return value(gaps.floorEntry(from));
    }

    private static Optional<Gap> value(Map.@Nullable Entry<Instant, Gap> entry) {
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }

    private static ObjectNode toJson(Gap gap) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", gap.from().toString())
                        .put("to", gap.to().toString())
                        .put("reason", gap.reason());
        gap.reasons().forEach(node.putArray("reasons")::add);
        return node;
    }

    /** Gaps that were kept before they could have several reasons have the one. */
    private static Gap read(JsonNode node) {
        List<String> reasons =
                node.has("reasons")
                        ? StreamSupport.stream(node.get("reasons").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList()
                        : List.of(JsonRecord.text(node, "reason"));
        return new Gap(JsonRecord.time(node, "from"), JsonRecord.time(node, "to"), reasons);
    }
}
