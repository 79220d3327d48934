package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened, in a line such as {@code t@0s e{7}@9.9s+1ns/venue#host^12s gap@2s..3s now@20s}: a
 * type, its key in braces ({@code -} for none), when it occurred, its service, its host, when it
 * was recorded. The ids are the types with a number, {@code e1} and {@code e2}. Without a {@code t}
 * there is one at 0 s, of the service desk; {@code gap} is a time in which events may have been
 * lost, and {@code now} the log's clock, without which all is over.
 *
 * @param events as they were recorded
 * @param until the log's clock
 */
record SceneText(List<AuditEvent> events, Instant until) {
    private static final String DESK = "desk";
    private static final Pattern WORD =
            Pattern.compile(
                    "(?<type>[a-z]+)(\\{(?<key>[^}]*)})?@(?<at>[^/#^]+)"
                            + "(/(?<service>[^#^]+))?(#(?<host>[^^]+))?(\\^(?<recorded>.+))?");

    /**
     * Reads a line.
     *
     * @param service of events that do not name theirs, but for the trigger
     */
    static SceneText read(String line, String service) {
        List<AuditEvent> events = new ArrayList<>();
        Instant until = Instant.MAX;
        Map<String, Integer> numbers = new HashMap<>();
        String whole = line.contains("t@") || line.contains("t{") ? line : "t@0s " + line;
        for (String word : whole.strip().split("\\s+")) {
            Matcher matcher = WORD.matcher(word);
            if (matcher.matches()) {
                switch (matcher.group("type")) {
                    case "now" -> until = moment(matcher.group("at"));
                    case "gap" -> events.add(gap(matcher.group("at")));
                    default -> events.add(event(matcher, numbers, service));
                }
            } else if (!word.equals("-")) {
                throw new IllegalArgumentException(word + " is no event");
            }
        }
        return new SceneText(events, until);
    }

    private static AuditEvent event(
            Matcher word, Map<String, Integer> numbers, String otherService) {
        String type = word.group("type");
        String key = word.group("key") == null ? "1" : word.group("key");
        String usual = type.equals("t") ? DESK : otherService;
        AuditEventBuilder event =
                AuditEvent.builder(
                                word.group("service") == null ? usual : word.group("service"), type)
                        .id(type + numbers.merge(type, 1, Integer::sum))
                        .occurredAt(moment(word.group("at")));
        event.recordedAt(moment(word.group(word.group("recorded") == null ? "at" : "recorded")));
        if (!key.equals("-")) {
            event.attribute("k", key);
        }
        if (word.group("host") != null) {
            event.attribute("host.id", word.group("host"));
        }
        return event.build();
    }

    private static AuditEvent gap(String fromTo) {
        String[] ends = fromTo.split("\\.\\.", -1);
        Gap gap = new Gap(moment(ends[0]), moment(ends[1]), "the bus was away");
        return VerdictEvents.gap("test", gap).toBuilder().recordedAt(gap.to()).build();
    }

    /** Seconds since the start of a scene, and a nanosecond more or less: {@code 9.9s-1ns}. */
    static Instant moment(String text) {
        String[] parts = text.split("s", -1);
        long nanos = new BigDecimal(parts[0]).movePointRight(9).longValueExact();
        String rest = text.substring(parts[0].length() + 1).replace("ns", "");
        return Scene.START.plusNanos(nanos + (rest.isEmpty() ? 0 : Long.parseLong(rest)));
    }
}
