package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.InvalidLinkException;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkExistsException;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.TestSettings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The linker at work on a durable log that grows. */
class LinkServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<String> observed = new ConcurrentLinkedQueue<>();
    @TempDir private Path folder;
    private EventStore store;
    private LinkService links;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/shock.yaml"), Trail.RULE);
        open();
    }

    @AfterEach
    void stop() {
        links.close();
        store.close();
    }

    private void open() {
        store =
                EventStore.open(
                        TestSettings.of(Map.of("store.path", folder.resolve("log").toString()))
                                .store(),
                        StoreObserver.NONE,
                        Time.system());
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup(
                                "audit", Optional.of(folder.resolve("rules")), LinkBounds.DEFAULT),
                        (rule, after) -> observed.add(rule),
                        Time.system());
        links.start();
    }

    private void append(AuditEvent... events) {
        store.log().append(List.of(events));
        await().atMost(PATIENCE)
                .until(() -> links.statistics().position() == store.log().lastPosition());
    }

    @Test
    void shouldLinkWhatIsAppended() throws InterruptedException {
        append(Trail.event("shock", "a", 0, "s1"));
        append(Trail.event("halt", "b", 3, "s1"));

        assertThat(links.await(0, PATIENCE)).isTrue();
        assertThat(links.index().causesOf("b", 10)).extracting(Link::causeId).containsExactly("a");
        assertThat(links.index().effectsOf("a", 10)).hasSize(1);
        assertThat(links.statistics().found()).containsEntry("shock-halts", 1L);
        assertThat(observed).containsExactly("shock-halts");
    }

    @Test
    void shouldLinkWhatCameWhileItWasOffWhenItIsOnAgain() {
        append(Trail.event("shock", "a", 0, "s1"));
        links.enable(false);
        links.enable(false);
        store.log().append(List.of(Trail.event("halt", "b", 3, "s1")));
        store.log().append(List.of(Trail.event("late", "d", 9, "s1")));

        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> links.statistics().position() < store.log().lastPosition());
        assertThat(links.list(LinkQuery.any(10)).links()).isEmpty();
        assertThatThrownBy(() -> links.create(new ManualLink("a", "b", "manual", 1), Teller.NONE))
                .isInstanceOf(InvalidLinkException.class)
                .hasMessageContaining("correlation.enabled is false");

        links.enable(true);

        await().atMost(PATIENCE)
                .until(() -> links.statistics().position() == store.log().lastPosition());
        assertThat(links.index().causesOf("b", 10)).extracting(Link::causeId).containsExactly("a");
    }

    @Test
    void shouldEndWhileItIsOff() throws InterruptedException {
        append(Trail.event("shock", "a", 0, "s1"));
        links.enable(false);
        long started = System.nanoTime();

        links.close();

        // Whoever waits for links is told at once.
        assertThat(links.await(0, PATIENCE)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        store.close();
        open();
        append(Trail.event("halt", "b", 3, "s1"));
        assertThat(links.index().causesOf("b", 10)).extracting(Link::causeId).containsExactly("a");
    }

    @Test
    void shouldGoOnWhereItStopped() {
        append(Trail.event("shock", "a", 0, "s1"), Trail.event("late", "d", 9, "s1"));
        links.close();
        store.log().append(List.of(Trail.event("halt", "b", 3, "s1")));
        store.close();
        open();
        append(Trail.event("fill", "c", 4).causeId("b").build());

        assertThat(links.list(LinkQuery.any(10)).links())
                .extracting(link -> link.causeId() + ">" + link.effectId())
                .containsExactly("b>c", "a>b");
        assertThat(links.linksAfter(0, 10).links()).hasSize(2);
        assertThat(links.rules()).hasSize(1);
    }

    @Test
    void shouldFollowItsFolder() throws IOException {
        Path file = folder.resolve("rules/more.yaml");
        Files.writeString(file, Trail.RULE.replace("shock-halts", "more"));
        await().atMost(PATIENCE).until(() -> links.rules().size() == 2);

        Files.writeString(file, "nonsense: true");
        await().atMost(PATIENCE).until(() -> !links.statistics().problems().isEmpty());
        assertThat(links.rules()).hasSize(2);

        Files.delete(file);
        await().atMost(PATIENCE).until(() -> links.rules().size() == 1);
        assertThat(links.statistics().problems()).isEmpty();
    }

    @Test
    void shouldPutInForceAgainWhatWasTakenOutOfItsFolder() throws IOException {
        Path file = folder.resolve("rules/more.yaml");
        String rule = Trail.RULE.replace("shock-halts", "more");
        for (int round = 0; round < 3; round++) {
            Files.writeString(file, rule);
            await().atMost(PATIENCE).until(() -> links.rules().size() == 2);
            Files.delete(file);
            await().atMost(PATIENCE).until(() -> links.rules().size() == 1);
            links.close();
            store.close();
            open();
        }
    }

    @Test
    void shouldPutALinkThatSomebodyTells() {
        append(Trail.event("x", "a", 0, ""), Trail.event("y", "b", 2, ""));

        Link link = links.create(new ManualLink("a", "b", "operator saw it", 0.7), Teller.NONE);

        assertThat(link)
                .isEqualTo(
                        new Link(
                                new EventRef("a", 2),
                                new EventRef("b", 3),
                                Kind.MANUAL,
                                "operator saw it",
                                Trail.START,
                                Duration.ofSeconds(2),
                                0.7,
                                "told through the API as operator saw it"));
        assertThat(links.index().causesOf("b", 10)).containsExactly(link);
        assertThatThrownBy(
                        () ->
                                links.create(
                                        new ManualLink("a", "b", "operator saw it", 0.9),
                                        Teller.NONE))
                .isInstanceOf(LinkExistsException.class)
                .hasMessage("a is linked to b as operator saw it already");
        assertThat(links.create(new ManualLink("a", "b", "another way", 1), Teller.NONE).rule())
                .isEqualTo("another way");
    }

    @Test
    void shouldNameEveryProblemOfALinkThatSomebodyTells() {
        append(Trail.event("x", "a", 0, ""));

        assertThatThrownBy(() -> links.create(new ManualLink("a", "a", "", 1.5), Teller.NONE))
                .isInstanceOf(InvalidLinkException.class)
                .hasMessageContaining("an event cannot cause itself")
                .hasMessageContaining("the type has 0 characters; allowed are 1 to 100")
                .hasMessageContaining("the confidence is 1.5; allowed is over 0 up to 1");
        assertThatThrownBy(
                        () ->
                                links.create(
                                        new ManualLink("nobody", "a", "t", Double.NaN),
                                        Teller.NONE))
                .hasMessage("the confidence is NaN; allowed is over 0 up to 1");
        assertThatThrownBy(() -> links.create(new ManualLink("nobody", "a", "t", 1), Teller.NONE))
                .hasMessage("there is no event nobody");
    }

    @Test
    void shouldListByRuleKindEventAndTimeInPages() {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(Trail.event("shock", "a" + i, i * 100, "s" + i));
            events.add(Trail.event("halt", "b" + i, i * 100 + 1, "s" + i));
            events.add(Trail.event("fill", "c" + i, i * 100 + 2).causeId("b" + i).build());
        }
        append(events.toArray(AuditEvent[]::new));

        assertThat(effects(query("shock-halts", Kind.RULE, ""))).hasSize(20).startsWith("b19");
        assertThat(effects(query("", Kind.EXPLICIT, ""))).hasSize(20).startsWith("c19");
        assertThat(effects(query("", Kind.MANUAL, ""))).isEmpty();
        assertThat(effects(LinkQuery.any(7))).hasSize(40).startsWith("c19", "b19", "c18");
        assertThat(effects(query("", null, "b3"))).containsExactly("c3", "b3");
        Instant from = Trail.START.plusSeconds(301);
        assertThat(
                        effects(
                                new LinkQuery(
                                        "",
                                        Optional.empty(),
                                        "",
                                        from,
                                        from.plusSeconds(100),
                                        1,
                                        "")))
                .containsExactly("c3", "b3");
        assertThatThrownBy(() -> links.list(LinkQuery.any(1).from("nonsense")))
                .hasMessageContaining("page token \"nonsense\" is not ours");
    }

    private static LinkQuery query(String rule, @Nullable Kind kind, String eventId) {
        LinkQuery any = LinkQuery.any(3);
        return new LinkQuery(rule, Optional.ofNullable(kind), eventId, any.from(), any.to(), 3, "");
    }

    private List<String> effects(LinkQuery query) {
        List<String> effects = new ArrayList<>();
        LinkPage page = links.list(query);
        page.links().forEach(link -> effects.add(link.effectId()));
        while (!page.nextPageToken().isEmpty()) {
            assertThat(page.links()).hasSizeLessThanOrEqualTo(query.limit());
            page = links.list(query.from(page.nextPageToken()));
            page.links().forEach(link -> effects.add(link.effectId()));
        }
        return effects;
    }
}
