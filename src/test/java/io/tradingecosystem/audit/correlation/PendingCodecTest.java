package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.correlation.PendingCodec.StoredPending;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.EventClock;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What is written of remembered events, and read again. */
class PendingCodecTest {
    private static final long AT = Times.toEpochNanos(Trail.START);

    @Test
    void shouldReadAnEventWithItsClock() {
        EventClock one = new EventClock("market-data", "host.id a");
        EventClock other = new EventClock("risk", "service risk");
        ByteWriter out = new ByteWriter(64);
        ClockTable table = new ClockTable();
        for (EventClock clock : List.of(one, other, one)) {
            PendingEvent event = new PendingEvent(7, AT, AT + 1, "id");
            event.stampedBy(clock);
            PendingCodec.write(event, table, out);
        }

        List<PendingEvent> events = read(out.bytes());

        assertThat(events).extracting(PendingEvent::clock).containsExactly(one, other, one);
        assertThat(events.get(2).clock()).isSameAs(events.get(0).clock());
        assertThat(events.get(1).position()).isEqualTo(7);
        assertThat(events.get(1).at()).isEqualTo(AT);
        assertThat(events.get(1).recordedAt()).isEqualTo(AT + 1);
        assertThat(events.get(1).id()).isEqualTo("id");
    }

    @Test
    void shouldKeepEqualClocksOnce() {
        ClockPool pool = new ClockPool();
        EventClock kept = pool.kept(new EventClock("a", "service a"));

        assertThat(pool.kept(new EventClock("a", "service a"))).isSameAs(kept);
        for (int i = 0; i < 20_000; i++) {
            pool.kept(new EventClock("a", "instance a " + i));
        }
        assertThat(pool.kept(new EventClock("a", "service a"))).isEqualTo(kept).isNotSameAs(kept);
    }

    @Test
    void shouldGoOnWithWhatAVersionWroteThatKnewNoClocks() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("halt", "b", -0.1, "s1"), Trail.event("halt", "c", -0.2, "s1"));
        trail.rewrite(LinkKeys.CHECKPOINTS, PendingCodecTest::withoutClocks);
        trail.crash();

        trail.come(Trail.event("shock", "a", 0, "s1"));

        assertThat(trail.pairs()).containsExactly("a>b");
    }

    /** The same records in the form that had position, times, id, roles and 0. */
    private static byte[] withoutClocks(byte[] record) {
        ByteWriter out = new ByteWriter(64);
        for (StoredPending stored : stored(record)) {
            PendingEvent event = stored.event();
            out.number(event.position()).number(event.at()).number(event.recordedAt());
            long join = Hash.add(Hash.SEED, "s1");
            out.text(event.id()).octet('r').number(1).octet(0).number(join).octet(0);
        }
        return out.bytes();
    }

    @Test
    void shouldRefuseARoleThatIsNotOurs() {
        ByteWriter out = new ByteWriter(64).number(1).number(2).number(3).text("id").octet('z');

        assertThatThrownBy(() -> read(out.bytes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a role z is not ours");
    }

    private static List<PendingEvent> read(byte[] bytes) {
        return stored(bytes).stream().map(StoredPending::event).toList();
    }

    private static List<StoredPending> stored(byte[] bytes) {
        return PendingCodec.read(new WindowCheckpoint(1, true), bytes, new ClockPool());
    }
}
