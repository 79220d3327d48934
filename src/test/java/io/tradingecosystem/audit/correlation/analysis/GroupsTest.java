package io.tradingecosystem.audit.correlation.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.analysis.Group.Join;
import io.tradingecosystem.audit.correlation.analysis.Group.Member;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection.Key;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Events that belong together. */
class GroupsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final MemoryStore store =
            MemoryStore.create(ManualClock.at(START), Set.of("order_id", "symbol"));
    private final Groups groups = Groups.create(store);

    private static AuditEventBuilder event(String id) {
        return AuditEvent.builder("service", "type").id(id).occurredAt(START);
    }

    private static List<String> ids(Group group) {
        return group.members().stream().map(member -> member.event().id()).toList();
    }

    @Test
    void shouldJoinTransitivelyAndSayWhy() {
        store.append(
                List.of(
                        event("a").traceId(TRACE).build(),
                        event("b").traceId(TRACE).attribute("order_id", "7").build(),
                        event("c").attribute("order_id", "7").correlationId("flow").build(),
                        event("d").correlationId("flow").scenarioId("run").build(),
                        event("e").scenarioId("run").build(),
                        event("stranger").scenarioId("other").build()));

        Group group = groups.of("a", groups.keys(), 100).orElseThrow();

        assertThat(ids(group)).containsExactly("a", "b", "c", "d", "e");
        assertThat(group.members())
                .extracting(Member::join)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Join(Key.of(IndexedField.TRACE_ID, TRACE), "a")),
                        Optional.of(new Join(new Key.Business("order_id", "7"), "b")),
                        Optional.of(new Join(Key.of(IndexedField.CORRELATION_ID, "flow"), "c")),
                        Optional.of(new Join(Key.of(IndexedField.SCENARIO_ID, "run"), "d")));
        assertThat(group.keys()).extracting(Group.Shared::events).containsExactly(2, 2, 2, 2);
        assertThat(group.incomplete()).isEmpty();
        assertThat(groups.of("nobody", groups.keys(), 100)).isEmpty();
    }

    @Test
    void shouldJoinByTheKeysThatAreAskedFor() {
        store.append(
                List.of(
                        event("a").attribute("symbol", "USDX").scenarioId("run").build(),
                        event("b").attribute("symbol", "USDX").build(),
                        event("c").scenarioId("run").build()));

        assertThat(ids(groups.of("a", Set.of("scenario_id"), 100).orElseThrow()))
                .containsExactly("a", "c");
        assertThat(groups.keys())
                .containsExactlyInAnyOrder(
                        "trace_id", "correlation_id", "scenario_id", "order_id", "symbol");
    }

    @Test
    void shouldSayWhenItWasCut() {
        List<AuditEvent> many = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            many.add(event("e" + i).scenarioId("run").build());
        }
        store.append(many);

        Group part = groups.of("e0", groups.keys(), 1_000).orElseThrow();
        assertThat(part.members()).hasSize(1_000);
        assertThat(part.incomplete()).containsExactly(Omission.some(Bound.GROUP_SIZE));
        Group whole = groups.of("e0", groups.keys(), 1_500).orElseThrow();
        assertThat(whole.members()).hasSize(1_500);
        assertThat(whole.incomplete()).isEmpty();
    }

    @Property(tries = 200)
    void shouldEqualUnionFind(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int events) {
        Random random = new Random(seed);
        MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of("order_id"));
        int[] parents = new int[events];
        Map<String, Integer> holders = new HashMap<>();
        for (int i = 0; i < events; i++) {
            parents[i] = i;
            AuditEventBuilder event = event("e" + i);
            String flow = random.nextInt(3) == 0 ? "flow-" + random.nextInt(8) : "";
            String run = random.nextInt(3) == 0 ? "run-" + random.nextInt(8) : "";
            String order = random.nextInt(3) == 0 ? "order-" + random.nextInt(8) : "";
            event.correlationId(flow).scenarioId(run);
            if (!order.isEmpty()) {
                event.attribute("order_id", order);
            }
            store.append(List.of(event.build()));
            for (String key : List.of(flow, run, order)) {
                Integer holder = key.isEmpty() ? null : holders.putIfAbsent(key, i);
                if (holder != null) {
                    parents[find(parents, i)] = find(parents, holder);
                }
            }
        }

        Groups groups = Groups.create(store);
        for (int i = 0; i < events; i++) {
            Set<String> expected = new TreeSet<>();
            for (int j = 0; j < events; j++) {
                if (find(parents, i) == find(parents, j)) {
                    expected.add("e" + j);
                }
            }
            Group group = groups.of("e" + i, groups.keys(), 100).orElseThrow();
            assertThat(new TreeSet<>(ids(group))).isEqualTo(expected);
            assertThat(ids(group)).doesNotHaveDuplicates();
        }
    }

    private static int find(int[] parents, int i) {
        int root = i;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }
}
