package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.correlation.CrashLinker.Opened;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.testing.KilledProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Links after every kill -9: all of them, each once, and the same as from reading the log anew. */
class LinkCrashTest {
    private static final int KILLS = Integer.getInteger("test.kills", 5);
    private static final int PAGE = 1_000;

    private final Random random = new Random();

    @TempDir Path folder;

    @Test
    void shouldLoseAndDoubleNoLinkWhenKilledAtAnyMoment() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/shock.yaml"), Trail.RULE);
        KilledProcess process = new KilledProcess(CrashLinker.class, folder);
        for (int run = 0; run < KILLS; run++) {
            assertThat(
                            process.run(
                                    2 + random.nextInt(60),
                                    folder.toString(),
                                    Integer.toString(run)))
                    .as("acknowledged in run %d", run)
                    .isNotEmpty();
        }

        try (Opened opened = Opened.of(folder)) {
            EventLog log = opened.store().log();
            LinkService links = opened.links();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> links.statistics().position() == log.lastPosition());
            List<String> expected = expected(log);

            assertThat(expected).hasSizeGreaterThan(KILLS);
            assertThat(reported(links)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(watched(links)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(links.lastSequence()).isEqualTo(expected.size());
            Replay.Outcome replayed =
                    LinkReplay.compare(opened.store().store(), LinkBounds.DEFAULT);
            assertThat(replayed.differences()).isEmpty();
            assertThat(replayed.compared()).isEqualTo(expected.size());
            assertThat(replayed.beyond()).isZero();
        }
    }

    /** What is to be linked, by what the log has: a story may have been cut by a kill. */
    private static List<String> expected(EventLog log) {
        List<AuditEvent> events = new ArrayList<>();
        List<AuditEvent> part = log.read(0, PAGE);
        while (!part.isEmpty()) {
            events.addAll(part);
            part = log.read(part.getLast().position(), PAGE);
        }
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        List<String> expected = new ArrayList<>();
        for (AuditEvent event : events) {
            String cause = "shock-" + event.id().substring(event.id().indexOf('-') + 1);
            if (ids.contains(cause) && event.type().equals("halt")) {
                expected.add("RULE " + cause + ">" + event.id());
            } else if (ids.contains(cause) && event.type().equals("notice")) {
                expected.add("EXPLICIT " + cause + ">" + event.id());
            }
        }
        return expected;
    }

    private static List<String> reported(LinkService links) {
        List<String> reported = new ArrayList<>();
        LinkPage page = links.list(LinkQuery.any(PAGE));
        page.links().forEach(link -> reported.add(text(link)));
        while (!page.nextPageToken().isEmpty()) {
            page = links.list(LinkQuery.any(PAGE).from(page.nextPageToken()));
            page.links().forEach(link -> reported.add(text(link)));
        }
        return reported;
    }

    private static List<String> watched(LinkService links) {
        return links.linksAfter(0, Integer.MAX_VALUE).links().stream()
                .map(found -> text(found.link()))
                .toList();
    }

    private static String text(Link link) {
        return link.kind() + " " + link.causeId() + ">" + link.effectId();
    }
}
