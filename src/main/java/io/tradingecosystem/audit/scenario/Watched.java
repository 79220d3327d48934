package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.matching.SideKey;
import io.tradingecosystem.audit.matching.SideOrigin;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.RunScope;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of an expectation with the joins of its parts. They are fed until nothing can be asked
 * of them any more, even when the version is no longer in force.
 *
 * @param expectation what it says
 * @param firstJoin the number of the first part's join; the others follow
 * @param from from what occurred_at on its joins are told every event, in nanoseconds
 * @param heardFrom from what occurred_at on its runs are told every event, since it came into force
 *     last, in nanoseconds
 * @param until up to what time of the log's clock it is watched, in nanoseconds
 * @param joins one for each part, each with the hold that it was opened with: by it its events lie
 *     on disk, so a hold that is to be longer is one of later joins only; the side of its effects
 *     may be that of others, which stands on record with where it comes from
 */
record Watched(
        Expectation expectation,
        int firstJoin,
        long from,
        long heardFrom,
        long until,
        List<IntervalJoin> joins) {
    static final long IN_FORCE = Long.MAX_VALUE;

    /** How late a trigger may come, behind its allowed lateness, before the store is asked. */
    private static final Duration HORIZON = Duration.ofMinutes(1);

    Watched {
        joins = List.copyOf(joins);
    }

    /** Opens new joins. */
    static Watched open(
            Expectation expectation, int firstJoin, long from, Tolerances tolerances, Joins joins) {
        List<IntervalJoin> opened = new ArrayList<>();
        for (Part part : expectation.parts()) {
            long hold = hold(part, tolerances);
            opened.add(joins.open(firstJoin + opened.size(), hold, from, key(part, hold)));
        }
        return new Watched(expectation, firstJoin, from, from, IN_FORCE, opened);
    }

    /** How long after they occurred the events of a part may be asked for. */
    private static long hold(Part part, Tolerances tolerances) {
        return Nanos.of(
                part.within()
                        .plus(part.lasting())
                        .plus(tolerances.allowedLateness())
                        .plus(tolerances.catchUp())
                        .plus(HORIZON));
    }

    private static SideKey key(Part part, long hold) {
        return SideKey.of(part.pattern(), part.join(), hold);
    }

    /** Whether an event ends its runs. */
    boolean hasEnd() {
        return expectation.run().flatMap(RunScope::until).isPresent();
    }

    /** The event that ends its runs. */
    EventPattern end() {
        return expectation.run().flatMap(RunScope::until).orElseThrow();
    }

    boolean isInForce() {
        return until == IN_FORCE;
    }

    /** The same, watched up to a time. */
    Watched until(long time) {
        return new Watched(expectation, firstJoin, from, heardFrom, time, joins);
    }

    /** The same, in force again. */
    Watched again(long unseen) {
        return new Watched(expectation, firstJoin, from, unseen, IN_FORCE, joins);
    }

    /** The last time at which a window is open, if the last trigger comes now. */
    long lastWindow(long now, Tolerances tolerances) {
        long longest = expectation.run().map(scope -> patience(scope, tolerances)).orElse(0L);
        for (Part part : expectation.parts()) {
            longest = Math.max(longest, hold(part, tolerances));
        }
        return Nanos.plus(now, longest);
    }

    /** What ends a run, and is measured in it, is heard until it must be over. */
    private static long patience(RunScope scope, Tolerances tolerances) {
        return Nanos.of(
                scope.patience()
                        .plus(tolerances.allowedLateness())
                        .plus(tolerances.catchUp())
                        .plus(HORIZON));
    }

    byte[] bytes() {
        ByteWriter out = new ByteWriter(64).varint(firstJoin).number(from).number(until);
        joins.forEach(join -> out.varint(join.hold()));
        for (IntervalJoin join : joins) {
            SideOrigin origin = join.shared().origin();
            out.varint(origin.number()).number(origin.from()).varint(origin.hold());
        }
        return out.number(heardFrom).bytes();
    }

    /**
     * Opens the joins as they were with the last commit.
     *
     * @param tolerances by which they were opened, where that was not kept
     */
    static Watched read(byte[] bytes, Expectation expectation, Tolerances tolerances, Joins joins) {
        ByteReader in = new ByteReader(bytes);
        int firstJoin = (int) in.varint();
        long from = in.number();
        long until = in.number();
        List<Part> parts = expectation.parts();
        List<Long> holds = new ArrayList<>();
        for (Part part : parts) {
            holds.add(in.hasMore() ? in.varint() : hold(part, tolerances));
        }
        List<IntervalJoin> opened = new ArrayList<>();
        for (Part part : parts) {
            int number = firstJoin + opened.size();
            long hold = holds.get(opened.size());
            SideOrigin origin = in.hasMore() ? origin(in) : new SideOrigin(number, from, hold);
            opened.add(joins.reopen(number, hold, from, key(part, hold), origin));
        }
        long heardFrom = in.hasMore() ? in.number() : from;
        return new Watched(expectation, firstJoin, from, heardFrom, until, opened);
    }

    private static SideOrigin origin(ByteReader in) {
        return new SideOrigin((int) in.varint(), in.number(), in.varint());
    }
}
