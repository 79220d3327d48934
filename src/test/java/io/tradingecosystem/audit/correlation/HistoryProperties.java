package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.store.Projection;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A log in which rules and settings change, clocks step and more comes than is remembered gives the
 * same to the last byte, in whatever portions it is read and however often it is begun anew.
 */
class HistoryProperties {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String[] NAMES = {"joined", "by-time"};

    @Property(tries = 400)
    void shouldGiveTheSameHoweverOftenItIsBegunAnew(@ForAll long seed) {
        Random random = new Random(seed);
        int remembered = random.nextBoolean() ? 10_000 : 3 + random.nextInt(12);
        LinkBounds bounds =
                new LinkBounds(
                        Duration.ofSeconds(5),
                        ClockSkew.of(Duration.ofMillis(500)),
                        remembered,
                        3,
                        4);
        Trail steady = Trail.of(bounds);
        Trail shaken = Trail.of(bounds);
        for (int i = 0; i < 60; i++) {
            happen(i, random, steady, shaken);
        }
        while (steady.work(1)) {
            steady.commit();
        }
        boolean more = true;
        while (more) {
            more = shaken.work(1 + random.nextInt(12));
            if (random.nextInt(3) > 0) {
                shaken.commit();
            }
            if (random.nextInt(4) == 0) {
                shaken.crash();
                more = true;
            }
        }
        shaken.work();

        assertThat(records(shaken)).isEqualTo(records(steady));
    }

    private static void happen(int i, Random random, Trail... trails) {
        switch (random.nextInt(13)) {
            case 0 -> pass(Duration.ofMillis(random.nextInt(8_000)), trails);
            case 1 -> pass(Duration.ofMillis(-random.nextInt(40_000)), trails);
            case 2 -> pass(Duration.ofMillis(random.nextInt(60_000)), trails);
            case 3 -> {
                String name = NAMES[random.nextInt(2)];
                int within = 2 + random.nextInt(4) * 3;
                boolean change = random.nextInt(3) > 0;
                String join = name.equals("joined") ? "join: [scenario_id]" : "typical: 1s";
                String rule =
                        """
                        name: %s
                        trigger: {type: [a, b]}
                        effect: {type: [b, c]}
                        within: %ds
                        %s
                        """
                                .formatted(name, within, join);
                for (Trail trail : trails) {
                    if (change) {
                        trail.announce(rule, "r" + i);
                    } else {
                        trail.append(
                                AuditEvent.own("audit", LinkEvents.RULE)
                                        .id("w" + i)
                                        .occurredAt(Trail.START)
                                        .attribute("name", name)
                                        .attribute("withdrawn", true)
                                        .build());
                    }
                }
            }
            case 4 -> {
                AuditEvent settings = settings(i, random);
                for (Trail trail : trails) {
                    trail.append(settings);
                }
            }
            default -> {
                AuditEvent event = event(i, random);
                for (Trail trail : trails) {
                    trail.append(event);
                }
            }
        }
    }

    /** Some of what decides changes; sometimes to what makes no sense. */
    private static AuditEvent settings(int i, Random random) {
        AuditEventBuilder event =
                AuditEvent.own("audit", DecisionEvents.SETTINGS)
                        .id("s" + i)
                        .occurredAt(Trail.START);
        if (random.nextBoolean()) {
            event.attribute("correlation.allowed-lateness", random.nextInt(20) + "s");
        }
        if (random.nextBoolean()) {
            event.attribute("correlation.clock-skew", random.nextInt(900) + "ms");
        }
        if (random.nextBoolean()) {
            event.attribute("correlation.max-remembered", 3 + random.nextInt(12));
        }
        return event.attribute("correlation.max-causes", random.nextInt(5)).build();
    }

    private static void pass(Duration time, Trail... trails) {
        for (Trail trail : trails) {
            trail.pass(time);
        }
    }

    private static AuditEvent event(int i, Random random) {
        String type = "abc".charAt(random.nextInt(3)) + "";
        AuditEventBuilder event =
                Trail.event(type, "e" + i, random.nextInt(200) / 10.0)
                        .instance(random.nextBoolean() ? "one" : "two");
        if (random.nextInt(3) > 0) {
            event.scenarioId("s" + random.nextInt(2));
        }
        if (random.nextInt(3) == 0) {
            event.causeId("e" + random.nextInt(60));
        }
        if (random.nextInt(3) == 0) {
            event.traceId(TRACE).spanId(span(random));
            if (random.nextBoolean()) {
                event.parentSpanId(span(random));
            }
        }
        if (random.nextInt(4) == 0) {
            event.links(List.of(new SpanLink(TRACE, span(random))));
        }
        return event.build();
    }

    private static String span(Random random) {
        return "00f067aa0ba902b" + (1 + random.nextInt(4));
    }

    private static List<String> records(Trail trail) {
        List<String> records = new ArrayList<>();
        Projection projection = trail.store().projection("correlation");
        for (char table : "dctrkxwmzuvshnl".toCharArray()) {
            projection.scan(
                    table,
                    (key, value) ->
                            records.add(
                                    table
                                            + HexFormat.of().formatHex(key)
                                            + " "
                                            + HexFormat.of().formatHex(value)));
        }
        return records;
    }
}
