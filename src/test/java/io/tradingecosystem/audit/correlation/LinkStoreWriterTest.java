package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.LinkStoreWriter.Found;
import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which records a link has, and that none is left when it goes. */
class LinkStoreWriterTest {
    private static final Evidence RULE = new Evidence(Kind.RULE, "rule");

    private final Projection projection =
            MemoryStore.create(() -> Trail.START, Set.of()).projection("correlation");
    private final LinkStoreWriter writer = LinkStoreWriter.of(projection);
    private final PendingEvent effect = new PendingEvent(10, 1_000, 1_000, "effect");

    LinkStoreWriterTest() {
        writer.enter(10, 1_000);
    }

    private static Cause cause(long position) {
        return new Cause("c" + position, position, position, 1);
    }

    private static CauseSet causes(boolean cut, long... positions) {
        return new CauseSet(
                new ConfidenceTerms("", 0.5, 1_000, 0, 0),
                cut,
                Arrays.stream(positions).mapToObj(LinkStoreWriterTest::cause).toList());
    }

    private void set(Evidence evidence, CauseSet causes) {
        writer.set(writer.effectCauses(effect), evidence, causes);
    }

    private int count(char table) {
        int[] count = {0};
        projection.scan(
                table,
                (key, value) -> {
                    count[0]++;
                    return true;
                });
        return count[0];
    }

    private List<Integer> counts(String tables) {
        return tables.chars().mapToObj(table -> count((char) table)).toList();
    }

    @Test
    void shouldIndexALinkByCauseByEvidenceAndByTime() {
        set(RULE, causes(false, 1, 2));

        assertThat(writer.commit())
                .containsExactly(new Found("rule", 1_000), new Found("rule", 1_000));
        assertThat(counts("dctrqk")).containsExactly(1, 2, 1, 1, 1, 1);
        assertThat(projection.position()).isEqualTo(10);
        assertThat(writer.commit()).as("told once").isEmpty();
    }

    @Test
    void shouldTakeBackWhatIsNoCauseAnyMore() {
        set(RULE, causes(false, 1, 2));
        writer.commit();

        set(RULE, causes(false, 2, 3));
        assertThat(writer.commit()).hasSize(1);
        assertThat(counts("dctrq")).containsExactly(1, 2, 1, 1, 2);

        set(RULE, causes(false));
        writer.commit();
        assertThat(counts("dctrq")).containsExactly(0, 0, 0, 0, 2);
        assertThat(writer.found()).containsEntry("rule", 3L);
    }

    @Test
    void shouldKeepWhatAnotherWayStillKnows() {
        set(RULE, causes(false, 1));
        set(Evidence.NAMED, causes(false, 1));
        set(new Evidence(Kind.EXPLICIT, "span"), causes(false, 1));
        writer.commit();
        assertThat(counts("dctr")).containsExactly(1, 1, 1, 2);

        set(RULE, causes(false));
        set(Evidence.NAMED, causes(false));
        writer.commit();
        assertThat(counts("dctr")).as("the span says so, too").containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldCountWhatWasCutOnce() {
        set(RULE, causes(true, 1));
        set(RULE, causes(true, 2));
        assertThat(writer.counters().cut).isEqualTo(1);
        set(RULE, causes(false, 2));
        assertThat(writer.counters().cut).isEqualTo(1);
    }

    @Test
    void shouldDropAnEffectWithAllItsRecords() {
        set(RULE, causes(false, 1, 2));
        set(Evidence.NAMED, causes(false, 3));
        writer.commit();
        EffectCauses known = writer.effectCauses(effect);
        set(RULE, causes(false, 1));

        writer.drop(known);
        writer.commit();

        assertThat(counts("dctr")).containsExactly(0, 0, 0, 0);
        assertThat(writer.effectCauses(effect)).isNotSameAs(known);
        assertThat(writer.effectCauses(effect).isEmpty()).isTrue();
    }

    @Test
    void shouldKeepInMemoryWhatIsRemembered() {
        EffectCauses kept = writer.effectCauses(effect);
        set(RULE, causes(false, 1));
        writer.commit();
        assertThat(writer.effectCauses(effect)).isSameAs(kept);

        writer.forget(effect);
        writer.forget(new PendingEvent(11, 1, 1, "unknown"));
        assertThat(writer.effectCauses(effect)).as("until the commit").isSameAs(kept);
        writer.commit();
        writer.enter(12, 2_000);
        EffectCauses visited = writer.visit(effect);
        assertThat(visited).isNotSameAs(kept);
        assertThat(visited.causes(RULE)).isEqualTo(kept.causes(RULE));
        assertThat(writer.visit(effect)).isSameAs(visited);
        writer.commit();
        EffectCauses again = writer.effectCauses(effect);
        assertThat(again).isNotSameAs(visited);
        assertThat(again.causes(RULE)).isEqualTo(kept.causes(RULE));
        writer.visit(effect);
        writer.commit();
        assertThat(writer.effectCauses(effect)).as("who visits changes nothing").isSameAs(again);
    }

    @Test
    void shouldGoOnCountingAfterARestart() {
        set(RULE, causes(false, 1));
        set(Evidence.NAMED, causes(false, 1));
        writer.commit();

        LinkStoreWriter reopened = LinkStoreWriter.of(projection);

        assertThat(reopened.found()).containsEntry("rule", 1L).containsEntry("explicit", 1L);
        assertThat(reopened.counters().sequence).isEqualTo(2);
        assertThat(reopened.position()).isEqualTo(10);
        reopened.enter(11, 1_000);
        assertThat(reopened.effectCauses(effect).isEmpty()).isFalse();
    }

    @Test
    void shouldLetTheLastLinksBeWatchedOnly() {
        int max = LinkSequenceWriter.MAX_SEQUENCES;
        fill(max + 2_000, 1_500);
        LinkStoreWriter reopened = LinkStoreWriter.of(projection);
        assertThat(places()).startsWith(2_524L).endsWith(max + 2_000L);

        reopened.enter(11, 1_000);
        reopened.counters().sequence += max;
        reopened.commit();
        assertThat(places()).as("after a restart too").isEmpty();
    }

    /** Commits entries, so many at a time. */
    private void fill(int entries, int atATime) {
        for (int i = 1; i <= entries; i++) {
            writer.sequence(new byte[Long.BYTES]);
            if (i % atATime == 0 || i == entries) {
                writer.commit();
            }
        }
    }

    /** The last places of the records. */
    private List<Long> places() {
        List<Long> places = new ArrayList<>();
        projection.scan('q', (key, value) -> places.add(LinkKeys.number(key)));
        return places;
    }
}
