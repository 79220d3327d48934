package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class DirectoryTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOON);
    private final Directory directory = new Directory(clock);

    @Test
    void shouldAnswerWithWhatFitsInOrder() {
        ServiceInstance down = instance("risk", "b", 2).toBuilder().status("down").build();
        ServiceInstance httpOnly =
                ServiceInstance.builder("risk", "c", "h").httpPort(3).version("9").build();
        directory.refresh(List.of(httpOnly, down, instance("risk", "a", 1)), 0, NOON);

        assertThat(ids(InstanceFilter.any())).containsExactly("a", "b", "c");
        assertThat(ids(InstanceFilter.healthy())).containsExactly("a", "c");
        assertThat(ids(InstanceFilter.any().withProtocol(Protocol.GRPC))).containsExactly("a", "b");
        assertThat(ids(InstanceFilter.healthy().withProtocol(Protocol.GRPC))).containsExactly("a");
        assertThat(ids(InstanceFilter.any().withVersion("9"))).containsExactly("c");
        assertThat(ids(InstanceFilter.any().withEnvironment("testing"))).containsExactly("a", "b");
        assertThat(ids(InstanceFilter.any().withMetadata("zone", "1"))).isEmpty();
    }

    @Test
    void shouldTellListenersOfChangesOnly() {
        List<List<ServiceInstance>> reported = new ArrayList<>();
        ServiceInstance one = instance("risk", "a", 1);
        directory.refresh(List.of(one), 0, NOON);
        Subscription subscription = directory.onChange("risk", reported::add);
        assertThat(reported).hasSize(1);

        directory.refresh(List.of(beatenAt(one, NOON)), 0, NOON);
        directory.refresh(
                List.of(beatenAt(one, NOON.plusSeconds(1)), instance("x", "y", 1)), 0, NOON);
        directory.markStale();
        assertThat(reported).hasSize(1);

        directory.refresh(List.of(one.toBuilder().status("down").build()), 0, NOON);
        directory.refresh(List.of(), 0, NOON);
        assertThat(reported).hasSize(3);
        assertThat(reported.getLast()).isEmpty();

        subscription.close();
        directory.refresh(List.of(one), 0, NOON);
        assertThat(reported).hasSize(3);
    }

    @Test
    void shouldGoOnWhenAListenerFails() {
        try (CapturedLog log = CapturedLog.of(Directory.class.getPackage())) {
            List<Integer> reported = new ArrayList<>();
            directory.onChange(
                    "risk",
                    instances -> {
                        throw new IllegalStateException("broken listener");
                    });
            directory.onChange("risk", instances -> reported.add(instances.size()));

            directory.refresh(List.of(instance("risk", "a", 1)), 0, NOON);

            assertThat(reported).containsExactly(0, 1);
            assertThat(log.lines("registry.listener_failed")).hasSize(2);
        }
    }

    @Test
    void shouldKnowOurselvesWhateverTheRegistrySays() {
        ServiceInstance own = Announcements.own(instance("audit", "a", 1));
        directory.add(own);

        directory.refresh(
                List.of(
                        beatenAt(instance("audit", "a", 1), NOON).toBuilder()
                                .layout(Layout.B)
                                .build()),
                0,
                NOON);

        assertThat(directory.snapshot().instances("audit", InstanceFilter.any()).instances())
                .singleElement()
                .satisfies(
                        known -> {
                            assertThat(known.own()).isTrue();
                            assertThat(known.layouts()).containsExactly(Layout.B);
                            assertThat(known.lastSeen()).contains(NOON);
                        });
        assertThat(directory.knowsOthers()).isFalse();
        directory.refresh(List.of(), 0, NOON);
        assertThat(directory.snapshot().services()).containsExactly("audit");
    }

    @Test
    void shouldForgetWhatWasWithdrawnThoughTheRegistryWasAskedBefore() {
        ServiceInstance own = Announcements.own(instance("audit", "a", 1));
        ServiceInstance elsewhere = instance("audit", "a", 2);
        directory.add(own);
        directory.refresh(List.of(instance("audit", "a", 1)), 0, NOON);

        directory.remove(own);
        assertThat(directory.snapshot().services()).isEmpty();
        directory.refresh(List.of(instance("audit", "a", 1)), 0, NOON);
        assertThat(directory.snapshot().services()).isEmpty();

        directory.refresh(List.of(elsewhere), 0, NOON);
        assertThat(directory.snapshot().services()).containsExactly("audit");
        directory.refresh(List.of(), 0, NOON);
        directory.add(own);
        assertThat(directory.snapshot().services()).containsExactly("audit");
    }

    @Test
    void shouldSayHowOldAnAnswerIs() {
        directory.refresh(List.of(), 0, clock.instant());
        clock.jump(Duration.ofSeconds(20));
        directory.markStale();

        Lookup lookup = directory.snapshot().instances("nobody", InstanceFilter.any());

        assertThat(lookup.stale()).isTrue();
        assertThat(lookup.age(clock.instant())).isEqualTo(Duration.ofSeconds(20));
        assertThat(lookup.age(NOON.minusSeconds(5))).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldServeThisProcessAloneWithoutRedis() {
        ServiceRegistry registry = ServiceRegistry.inProcess(InstantSource.system());
        Registration registration = registry.register(instance("audit", "a", 1));

        assertThat(registry.instances("audit", InstanceFilter.healthy()).instances())
                .singleElement()
                .satisfies(known -> assertThat(known.layouts()).containsExactly(Layout.IN_PROCESS));

        registration.close();
        registration.close();
        assertThat(registry.services()).isEmpty();
        registry.close();
        assertThatThrownBy(() -> registry.register(instance("audit", "a", 1)))
                .isInstanceOf(RegistryException.class);
    }

    private List<String> ids(InstanceFilter filter) {
        return directory.snapshot().instances("risk", filter).instances().stream()
                .map(ServiceInstance::id)
                .toList();
    }

    private static ServiceInstance beatenAt(ServiceInstance instance, Instant seen) {
        return instance.toBuilder().lastSeen(Optional.of(seen)).build();
    }
}
