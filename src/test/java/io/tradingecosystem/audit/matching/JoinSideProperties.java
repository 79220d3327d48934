package io.tradingecosystem.audit.matching;

import static io.tradingecosystem.audit.matching.HeldSide.BUCKET;
import static io.tradingecosystem.audit.matching.HeldSide.KEY;
import static io.tradingecosystem.audit.matching.HeldSide.OTHER;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Whatever happens to a side of a join, it answers as a sorted list does. */
class JoinSideProperties {
    private static final int STEPS = 60;
    private static final int TIMES = 80;

    /** An event in a sorted list. */
    private record Listed(JoinHash key, String id, long at) {
        static final Comparator<Listed> ORDER =
                Comparator.comparingLong(Listed::at).thenComparing(Listed::id);
    }

    /** A side, and the list that it is compared with. */
    private static final class Pair {
        private final HeldSide held = new HeldSide();
        private final Random random;
        private List<Listed> list = new ArrayList<>();
        private long from = Long.MIN_VALUE;
        private long to = Long.MAX_VALUE;
        private long expiredTo = Long.MIN_VALUE / 2;

        Pair(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0 -> expire(time() - TIMES / 2);
                case 1 -> evict();
                case 2, 3 -> free();
                case 4 -> restart();
                default -> add();
            }
        }

        private long time() {
            return random.nextInt(TIMES) - TIMES / 4;
        }

        private JoinHash key() {
            return random.nextInt(4) == 0 ? OTHER : KEY;
        }

        private void add() {
            Listed event = new Listed(key(), "e" + random.nextInt(3), time());
            boolean fresh = event.at() >= from && event.at() < to && !list.contains(event);
            assertThat(held.add(event.key(), event.id(), event.at())).isEqualTo(fresh);
            if (fresh) {
                list.add(event);
                list.sort(Listed.ORDER);
            }
        }

        private void expire(long time) {
            expiredTo = Math.max(expiredTo, time);
            from = Math.max(from, bucket(time) * BUCKET);
            assertThat(held.side().expire(time)).isEqualTo(keep(each -> each.at() >= from));
        }

        /** What is over is so by the log's clock, whenever it is asked. */
        private void restart() {
            held.restart();
            assertThat(held.side().expire(expiredTo)).isZero();
        }

        private void evict() {
            if (list.isEmpty()) {
                return;
            }
            long now = time();
            long first = bucket(list.getFirst().at());
            long last = bucket(list.getLast().at());
            long gone;
            if (last - bucket(now) > bucket(now) - first) {
                to = last * BUCKET;
                gone = keep(each -> each.at() < to);
            } else {
                from = (first + 1) * BUCKET;
                gone = keep(each -> each.at() >= from);
            }
            assertThat(held.side().evict(now)).isEqualTo(gone);
        }

        private void free() {
            held.commit();
            int before = held.store().cached();
            assertThat(held.side().uncache(random.nextInt(20)))
                    .isEqualTo(before - held.store().cached());
        }

        private long keep(Predicate<Listed> kept) {
            int before = list.size();
            list = new ArrayList<>(list.stream().filter(kept).toList());
            return before - list.size();
        }

        private static long bucket(long at) {
            return Math.floorDiv(at, BUCKET);
        }

        void shouldAgree() {
            JoinHash key = key();
            long first = time();
            long last = time();
            List<String> wanted =
                    list.stream()
                            .filter(each -> each.key().equals(key))
                            .filter(each -> each.at() >= first && each.at() <= last)
                            .map(Listed::id)
                            .toList();
            assertThat(held.ascending(key, first, last)).isEqualTo(wanted);
            assertThat(held.descending(key, first, last)).isEqualTo(wanted.reversed());
            assertThat(held.side().size()).isEqualTo(list.size());
            assertThat(held.side().isComplete(first, last)).isEqualTo(first >= from && last < to);
        }
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void shouldAnswerAsASortedListDoes(@ForAll long seed) {
        Pair pair = new Pair(new Random(seed));
        for (int i = 0; i < STEPS; i++) {
            pair.step();
            pair.shouldAgree();
        }
    }
}
