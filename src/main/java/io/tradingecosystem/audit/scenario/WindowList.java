package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Windows in the order in which they were opened, in blocks of those that came with one commit.
 * Removing one writes its block anew, once a commit: they go about as they came. For one thread.
 */
final class WindowList {
    private final StoreTransaction transaction;
    private final byte[] prefix;
    private final List<Numbered> added = new ArrayList<>();

    /** Blocks of which something was removed, by the number that their key has. */
    private final TreeMap<Long, Block> touched = new TreeMap<>();

    /**
     * A list.
     *
     * @param prefix of its keys
     */
    WindowList(StoreTransaction transaction, byte[] prefix) {
        this.transaction = transaction;
        this.prefix = prefix;
    }

    /** What is left of a block that had numbers up to the last. */
    private record Block(List<Numbered> left, long last) {
        static Block of(List<Numbered> ids) {
            return new Block(ids, ids.getLast().number());
        }
    }

    /** Adds a window that was opened after all others. */
    void add(Numbered id) {
        added.add(id);
    }

    void remove(long opened) {
        if (!added.removeIf(each -> each.number() == opened)) {
            touched(opened).ifPresent(block -> drop(block.left(), opened));
        }
    }

    private static void drop(List<Numbered> ids, long opened) {
        ids.removeIf(each -> each.number() == opened);
    }

    private Optional<Block> touched(long opened) {
        Map.Entry<Long, Block> known = touched.floorEntry(opened);
        return known != null && known.getValue().last() >= opened
                ? Optional.of(known.getValue())
                : stored(opened);
    }

    private Optional<Block> stored(long opened) {
        long[] first = {-1};
        transaction.scan(
                prefix,
                key(opened),
                (key, value) -> {
                    first[0] = VerdictKeys.opened(key);
                    touched.put(first[0], Block.of(IdBlock.read(first[0], value)));
                    return false;
                });
        return Optional.ofNullable(touched.get(first[0]));
    }

    /** Writes what is to be committed. */
    void flush() {
        touched.forEach(
                (first, block) -> {
                    transaction.delete(key(first));
                    write(block.left());
                });
        touched.clear();
        write(added);
        added.clear();
    }

    private void write(List<Numbered> ids) {
        IdBlock.cut(ids).forEach(part -> transaction.put(key(part), IdBlock.of(part)));
    }

    private byte[] key(List<Numbered> ids) {
        return key(ids.getFirst().number());
    }

    private byte[] key(long first) {
        return KeyBuilder.behind(prefix).descending(first).bytes();
    }
}
