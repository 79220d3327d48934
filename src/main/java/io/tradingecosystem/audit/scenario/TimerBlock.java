package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Timers that are due soon after one another, in one record. The key is the first; of the others it
 * is told how much later they are due. Earlier versions had a record for each, which is a block of
 * one.
 */
final class TimerBlock {
    /** So much later than the first the last is due at most. */
    static final Duration SPAN = Duration.ofSeconds(1);

    private static final int ID_BYTES = 16;

    private TimerBlock() {}

    /** Before the key of every block whose first timer is due then or later. */
    static byte[] from(char table, Instant due) {
        return due.equals(Instant.MIN)
                ? KeyBuilder.table(table)
                : KeyBuilder.of(table).time(due).bytes();
    }

    /** Cuts timers, in their order, into such as fit a record. */
    static List<List<Timer>> cut(Collection<Timer> timers) {
        List<List<Timer>> blocks = new ArrayList<>();
        List<Timer> block = new ArrayList<>();
        for (Timer timer : timers) {
            if (!block.isEmpty() && !fits(block, timer)) {
                blocks.add(block);
                block = new ArrayList<>();
            }
            block.add(timer);
        }
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return blocks;
    }

    private static boolean fits(List<Timer> block, Timer timer) {
        return block.size() < IdBlock.MAX
                && !timer.due().isAfter(block.getFirst().due().plus(SPAN));
    }

    static byte[] key(char table, List<Timer> block) {
        return VerdictKeys.timer(table, block.getFirst().due(), block.getFirst().verdictId());
    }

    static byte[] value(List<Timer> block) {
        long first = Times.toEpochNanos(block.getFirst().due());
        ByteWriter out = new ByteWriter(block.size() * (ID_BYTES + 5));
        for (Timer timer : block.subList(1, block.size())) {
            out.varint(Times.toEpochNanos(timer.due()) - first);
            out.octets(VerdictKeys.octets(timer.verdictId()));
        }
        return out.bytes();
    }

    /** Reads a record. */
    static List<Timer> read(byte[] key, byte[] value) {
        List<Timer> block = new ArrayList<>();
        block.add(new Timer(VerdictKeys.timerDue(key), VerdictKeys.timerId(key)));
        ByteReader in = new ByteReader(value);
        while (in.hasMore()) {
            Instant due = block.getFirst().due().plusNanos(in.varint());
            block.add(new Timer(due, VerdictKeys.verdictId(in.octets(ID_BYTES))));
        }
        return block;
    }
}
