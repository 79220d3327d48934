package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class DecisionsInForceTest {
    private static final DecisionKind LINKS =
            new DecisionKind("links", "correlation", 2, each -> !each.values().containsKey("bad"));
    private static final DecisionSettings WANTED =
            DecisionSettings.of("correlation").with("clock-skew", Duration.ofMillis(100));

    private final MemoryStore store = MemoryStore.create(() -> Instant.EPOCH, Set.of());
    private final Projection projection = store.projection("test");
    private StoreTransaction transaction = new StoreTransaction(projection);
    private DecisionsInForce inForce = new DecisionsInForce(LINKS, transaction);

    private void restart() {
        transaction.commit(store.lastPosition());
        transaction = new StoreTransaction(projection);
        inForce = new DecisionsInForce(LINKS, transaction);
    }

    private void look(DecisionSettings wanted) {
        Time time = new Time(() -> Instant.EPOCH, () -> 0);
        new DecisionWatch(() -> inForce, wanted, "audit", store, time).begin();
    }

    private void takeIn(long position) {
        store.read(position - 1, 100).forEach(inForce::accept);
    }

    private static AuditEventBuilder event(String type) {
        return AuditEvent.builder("audit", type);
    }

    private void say(AuditEventBuilder event) {
        store.append(List.of(event.id("said-" + store.lastPosition()).build()));
        takeIn(store.lastPosition());
    }

    @Test
    void shouldSayWhatDecidesOnceAndAgainWhenItChanges() {
        look(WANTED);
        look(WANTED);
        assertThat(store.lastPosition()).as("sent twice, stored once").isEqualTo(2);
        assertThat(inForce.settings()).as("not before it is taken in").isEmpty();

        takeIn(1);
        restart();
        look(WANTED);

        assertThat(store.lastPosition()).isEqualTo(2);
        assertThat(inForce.settings()).contains(WANTED);
        assertThat(inForce.semantics()).isEqualTo(2);
        assertThat(store.at(1).orElseThrow().attribute("links")).isEqualTo("2");
        assertThat(store.at(2).orElseThrow().attribute("correlation.clock-skew"))
                .isEqualTo("100ms");

        DecisionSettings other = WANTED.with("clock-skew", Duration.ZERO);
        look(other);
        takeIn(3);
        look(WANTED);
        takeIn(4);
        look(other);
        takeIn(5);

        assertThat(store.lastPosition()).as("each change and back").isEqualTo(5);
        assertThat(inForce.settings()).contains(other);
    }

    @Test
    void shouldKnowWhichSemanticsWereInForceWhere() {
        say(event("audit.settings").attribute("correlation.x", "1"));
        say(event("audit.semantics").attribute("links", 2));
        say(event("audit.semantics").attribute("links", 2));
        say(event("audit.semantics").attribute("links", 1));
        say(event("audit.semantics").attribute("links", 2));
        restart();

        assertThat(inForce.semanticsAt(2)).isEqualTo(1);
        assertThat(inForce.semanticsAt(3)).isEqualTo(2);
        assertThat(inForce.isComparable(4)).isTrue();
        assertThat(inForce.isComparable(5)).isFalse();
        assertThat(inForce.semanticsSince(2)).isZero();
        assertThat(inForce.semanticsSince(4)).isEqualTo(2);
        assertThat(inForce.semanticsSince(5)).isEqualTo(4);
        assertThat(inForce.semanticsSince(9)).isEqualTo(5);
    }

    @Test
    void shouldLeaveOutWhatMakesNoSenseOrIsNotMeant() {
        say(event("audit.settings").attribute("correlation.clock-skew", "1s"));
        say(event("audit.settings").attribute("correlation.bad", "1"));
        say(event("audit.settings").attribute("scenario.clock-skew", "3s"));
        say(event("audit.semantics").attribute("links", -7));
        say(event("audit.semantics").attribute("links", "two"));
        say(event("audit.semantics").attribute("verdicts", 3));

        assertThat(inForce.settings().orElseThrow().values()).containsOnlyKeys("clock-skew");
        assertThat(inForce.settings().orElseThrow().text("clock-skew")).contains("1s");
        assertThat(inForce.semantics()).isEqualTo(1);
    }

    @Test
    void shouldKeepASettingThatIsNotNamedAnew() {
        say(event("audit.settings").attribute("correlation.a", "1"));
        say(event("audit.settings").attribute("correlation.b", 2));

        assertThat(inForce.settings().orElseThrow().values())
                .containsEntry("a", "1")
                .containsEntry("b", "2");
    }

    @Test
    void shouldTakeOverWhatWasInForceBeforeTheLogBegins() {
        say(event("audit.settings").attribute("correlation.a", "1"));
        say(event("audit.semantics").attribute("links", 2));
        say(event("audit.settings").attribute("correlation.a", "2"));
        say(event("audit.settings").attribute("correlation.a", "3"));
        inForce.drop(4);
        restart();
        DecisionsInForce anew =
                new DecisionsInForce(LINKS, new StoreTransaction(Replay.scratch("test")));

        anew.inherit(inForce, 4);

        assertThat(anew.settings().orElseThrow().text("a")).contains("2");
        assertThat(anew.semanticsAt(4)).isEqualTo(2);
        assertThat(projection.get(KeyBuilder.of('z').number(1).bytes())).isEmpty();
    }
}
