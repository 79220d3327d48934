package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.correlation.LinkReplay;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.VerdictReplay;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.store.EventStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a log of an earlier version, as {@code upgrade/README.md} tells of it, becomes today. */
class UpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OLD_EVENTS = 150;
    private static final int OLD_LINKS = 94;

    /** A quarter of an hour after the old version stopped. */
    private static final Instant START = Instant.parse("2026-11-29T15:58:00Z");

    @TempDir private Path folder;
    private OlderLog log;

    @BeforeEach
    void unpack() throws IOException {
        log = OlderLog.unpack("semantics-1.zip", folder, START);
    }

    /** The log with what works on it, all caught up. */
    private record Service(EventStore store, LinkService links, VerdictService verdicts) {
        void settle() {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    links.statistics().behind() == 0
                                            && verdicts.statistics().behind() == 0);
        }
    }

    private void run(Consumer<Service> what) {
        var linking =
                new LinkSetup("audit", Optional.of(folder.resolve("rules")), LinkBounds.DEFAULT);
        var judging = new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 100_000);
        try (EventStore store = log.open();
                LinkService links =
                        LinkService.create(
                                store.store(), linking, (rule, after) -> {}, log.time());
                VerdictService verdicts =
                        VerdictService.create(
                                store.store(), judging, VerdictObserver.NONE, log.time())) {
            links.start();
            verdicts.start();
            Service service = new Service(store, links, verdicts);
            service.settle();
            what.accept(service);
        }
    }

    /** Past every window but those of hours. */
    private void untilWindowsAreOver(Service service) {
        log.jump(Duration.ofMinutes(2));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                verdicts(service).values().stream()
                                        .filter(each -> each.status() == Status.PENDING)
                                        .allMatch(UpgradeTest::takesHours));
        service.settle();
    }

    private static boolean takesHours(Verdict verdict) {
        return verdict.expectation().equals("desk-opens-again");
    }

    private JsonNode old(String name) {
        try {
            return new ObjectMapper()
                    .readTree(folder.resolve(name + ".json").toFile())
                    .required(name);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static String text(Link link) {
        return "%s>%s %s %s"
                .formatted(
                        link.causeId(),
                        link.effectId(),
                        link.kind().name().toLowerCase(Locale.ROOT),
                        link.rule());
    }

    private static List<String> links(Service service) {
        return service.links().list(LinkQuery.any(1_000)).links().stream()
                .map(UpgradeTest::text)
                .toList();
    }

    private static Map<String, Verdict> verdicts(Service service) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        service.verdicts().verdicts().all().forEach(each -> verdicts.put(each.id(), each));
        return verdicts;
    }

    private static AuditEvent event(String id, String type, Instant at) {
        return AuditEvent.builder("desk", type)
                .id(id)
                .occurredAt(at)
                .attribute("desk", "new desk")
                .build();
    }

    /** The version that the old service told; word of its absence may have amended it since. */
    private static Verdict asItWas(Service service, JsonNode verdict) {
        int version = verdict.required("version").asInt();
        return service.verdicts().verdicts().versions(verdict.required("id").asText()).stream()
                .filter(each -> each.version() == version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAnswerTheSameEventsAndLinks() {
        run(
                service -> {
                    List<String> ids = new ArrayList<>();
                    service.store()
                            .log()
                            .read(0, OLD_EVENTS)
                            .forEach(each -> ids.add(each.position() + " " + each.id()));
                    List<String> before = new ArrayList<>();
                    old("events")
                            .forEach(
                                    each ->
                                            before.add(
                                                    each.required("position").asText()
                                                            + " "
                                                            + each.required("id").asText()));
                    assertThat(ids).hasSize(OLD_EVENTS).containsExactlyInAnyOrderElementsOf(before);

                    List<String> links = new ArrayList<>();
                    old("links")
                            .forEach(
                                    each ->
                                            links.add(
                                                    "%s>%s %s %s"
                                                            .formatted(
                                                                    each.path("cause_id").asText(),
                                                                    each.path("effect_id").asText(),
                                                                    each.path("kind").asText(),
                                                                    each.path("rule").asText())));
                    assertThat(links).hasSize(OLD_LINKS);
                    assertThat(links(service)).containsAll(links);
                });
    }

    @Test
    void shouldTakeWhatTheOldVersionWroteItselfForUnproven() throws IOException {
        run(
                service ->
                        assertThat(service.store().log().read(0, OLD_EVENTS))
                                .allSatisfy(
                                        event ->
                                                assertThat(event.author() == Author.UNPROVEN)
                                                        .isEqualTo(isAbout(event, "audit."))));
    }

    private static boolean isAbout(AuditEvent event, String types) {
        return event.type().startsWith(types);
    }

    @Test
    void shouldReadOldVerdictsAndJudgeOpenWindowsByTheSemanticsOfToday() {
        run(
                service -> {
                    untilWindowsAreOver(service);
                    Map<String, Verdict> now = verdicts(service);
                    for (JsonNode each : old("verdicts")) {
                        Verdict verdict = now.get(each.required("id").asText());
                        String status = each.required("status").asText();
                        assertThat(verdict).as(each.toString()).isNotNull();
                        if (!status.equals("PENDING")) {
                            Verdict then = asItWas(service, each);
                            assertThat(then.status().name()).isEqualTo(status);
                            assertThat(then.reason()).isEqualTo(each.required("reason").asText());
                        } else if (takesHours(verdict)) {
                            assertThat(verdict.status()).isEqualTo(Status.PENDING);
                        } else {
                            assertThat(verdict.status()).isNotEqualTo(Status.PENDING);
                            assertThat(verdict.reason()).contains("judged by semantics 4");
                        }
                    }
                });
    }

    @Test
    void shouldSayByWhatItDecidesBeforeAnythingElseAndOnce() {
        run(service -> {});
        run(
                service -> {
                    List<AuditEvent> added = service.store().log().read(OLD_EVENTS, 1_000);
                    assertThat(added.subList(0, 2).stream().map(AuditEvent::type))
                            .containsExactly("audit.semantics", "audit.settings");
                    assertThat(
                                    added.stream()
                                            .map(AuditEvent::type)
                                            .filter(
                                                    type ->
                                                            type.equals("audit.settings")
                                                                    || type.equals(
                                                                            "audit.semantics")))
                            .hasSize(4);
                    assertThat(added.get(0).attribute("links")).isEqualTo("6");
                    assertThat(added.get(1).attribute("correlation.allowed-lateness"))
                            .isEqualTo("30s");
                });
    }

    @Test
    void shouldCompareInAReplayWhatCameSinceAndNothingBefore() {
        try (EventStore store = log.open()) {
            Replay.Outcome links = LinkReplay.compare(store.store(), LinkBounds.DEFAULT);
            Replay.Outcome verdicts = VerdictReplay.compare(store.store(), Tolerances.DEFAULT);
            assertThat(links.notComparable()).isEqualTo(OLD_LINKS);
            assertThat(links.different() + links.compared()).isZero();
            assertThat(verdicts.notComparable()).isEqualTo(38);
            assertThat(verdicts.different() + verdicts.compared()).isZero();
        }
        run(
                service -> {
                    Instant now = log.time().now();
                    service.store()
                            .log()
                            .append(
                                    List.of(
                                            event("alarm-new", "old.alarm", now),
                                            event("trade-new", "old.trade", now.plusMillis(5)),
                                            event("halt-new", "old.halted", now.plusMillis(9))));
                    service.settle();
                    untilWindowsAreOver(service);
                    assertThat(links(service)).contains("alarm-new>halt-new rule alarm-halts-desk");
                    assertThat(verdicts(service).values())
                            .anySatisfy(
                                    verdict -> {
                                        assertThat(verdict.triggerId()).isEqualTo("alarm-new");
                                        assertThat(verdict.status()).isEqualTo(Status.FAILED);
                                    });
                });
        try (EventStore store = log.open()) {
            Replay.Outcome links = LinkReplay.compare(store.store(), LinkBounds.DEFAULT);
            Replay.Outcome verdicts = VerdictReplay.compare(store.store(), Tolerances.DEFAULT);
            assertThat(links.differences()).isEmpty();
            assertThat(links.notComparable()).isGreaterThanOrEqualTo(OLD_LINKS);
            assertThat(links.compared()).isPositive();
            assertThat(verdicts.differences()).isEmpty();
            assertThat(verdicts.notComparable()).isGreaterThan(38);
            assertThat(verdicts.compared()).isEqualTo(3);
        }
    }
}
