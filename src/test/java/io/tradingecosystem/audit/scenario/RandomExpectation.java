package io.tradingecosystem.audit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An expectation of a few parts of any kind, which may mean the same events, and its trigger's. */
final class RandomExpectation {
    private static final String[] EVENTS = {
        "type: a",
        "type: a",
        "type: b",
        "type: b",
        "type: c",
        "type: [a, b]",
        "type: '*'",
        "type: t",
        "any-of: [{type: a}, {type: [a, b], attributes: {k: '1'}}]",
        "service: [desk, venue], any-of: [{type: a}, {type: b}]"
    };
    private static final String[] JOINS = {
        "", "", ", join: [k]", ", join: [k]", ", join: [{cause: k, effect: m}]", ", join: [k, m]"
    };
    private static final String[] COUNTS = {
        "",
        "",
        ", at-least: 2",
        ", exactly: 1",
        ", exactly: 2",
        ", at-most: 1",
        ", at-most: 2",
        ", at-least: 1, at-most: 2"
    };

    private static final String[] BANDS = {
        "", "", ", at-most: 1", ", at-most: 2", ", at-least: 1", ", at-least: 1, at-most: 1"
    };

    private static final String[] SCOPES = {
        "",
        "",
        "",
        "",
        ", until: {type: b}",
        ", until: {type: c}",
        ", once: true",
        ", until: {any-of: [{type: c}, {type: a}]}, once: true",
        ", unless: {event: {type: c}}",
        ", unless: {event: {type: b}, within: 2s, join: [m]}",
        ", until: {type: c}, unless: {event: {type: a}, within: 10s, join: []}"
    };

    /** Long, short, and shorter than twice the skew. */
    static final String[] WITHINS = {"10s", "10s", "2s", "300ms", "150ms", "50ms"};

    private static final String LET =
            "\n  let: {ttl: trigger.ttl, n: trigger.n, q: trigger.q, w: f0.ttl, c: f0.n, r: f0.q}";
    private static final String[] LATE = {
        "event: {type: b, attributes: {q: '${r}'}}, within: 10s",
        "event: {type: [a, b], attributes: {q: {at-least: '${r}'}}}, within: 10s, exactly: '${c}'",
        "event: {type: b}, within: 2s, at-most: '${c}'",
        "event: {type: b}, within: {value: '${w}', at-most: 10s}",
        "event: {type: b}, within: {value: '${w}', at-most: 2s}, at-least: '${c}'",
        "event: {type: b, attributes: {q: {below: '${r}'}}}, within: 10s, until: {type: c}",
        "event: {type: a, attributes: {n: '${c}', q: {above: '${q}'}}}, within: '${ttl}'"
    };
    private static final String[] BOUND_EVENTS = {
        "type: a, attributes: {q: {at-least: '${q}'}}",
        "type: [a, b], attributes: {q: {below: '${q}'}}",
        "type: b, attributes: {q: {above: 0, at-most: '${n}'}}"
    };
    private static final String[] BOUND_WITHINS = {
        "'${ttl}'", "{value: '${ttl}', at-most: 2s}", "{value: '${ttl}', at-most: 10s}"
    };
    private static final String[] BOUND_COUNTS = {
        ", exactly: '${n}'",
        ", at-least: '${n}'",
        ", at-most: '${n}'",
        ", at-least: 2, at-most: '${n}'",
        ", at-least: '${n}', at-most: 2"
    };
    private static final String[] BOUND_SCOPES = {
        ", unless: {event: {type: c, attributes: {q: {at-least: '${q}'}}}}",
        ", unless: {event: {type: c}, within: {value: '${ttl}', at-most: 2s}, join: []}"
    };

    private final Random random;
    private final boolean bound;
    private final List<String> fulfilled = new ArrayList<>();

    private RandomExpectation(Random random, boolean bound) {
        this.random = random;
        this.bound = bound;
    }

    /** The same with variables of the trigger. */
    static String bound(String name, Random random) {
        return new RandomExpectation(random, true).entry(name);
    }

    /** As YAML, an entry of a list. */
    static String entry(String name, Random random) {
        return new RandomExpectation(random, false).entry(name);
    }

    private String entry(String name) {
        StringBuilder yaml = new StringBuilder("- name: " + name + "\n");
        yaml.append("  critical: ").append(random.nextInt(3) == 0);
        yaml.append("\n  when: {type: t, service: [desk, risk]}");
        if (random.nextInt(8) == 0) {
            yaml.append("\n  unless: {event: {type: c}, within: 2s, join: [k]}");
        }
        int effects = random.nextInt(4);
        yaml.append(bound && effects > 0 ? LET : bound ? LET.replaceAll(", w:.*", "}") : "");
        yaml.append(effects == 0 ? "" : "\n  expect:");
        for (int i = 0; i < effects; i++) {
            yaml.append("\n    - ").append(effect(i));
        }
        if (effects == 0 || random.nextInt(3) == 0) {
            yaml.append("\n  never:\n    - {name: never, %s}".formatted(part()));
        }
        if (random.nextInt(3) == 0) {
            yaml.append("\n  steady:\n    - ").append(steady());
        }
        if (!fulfilled.isEmpty() && random.nextBoolean()) {
            yaml.append("\n  sla:\n    - ").append(sla());
        }
        return yaml.append("\n").toString();
    }

    private String effect(int number) {
        String name = "f" + number;
        String counts = any(COUNTS, BOUND_COUNTS);
        if (bound && number == 0) {
            counts = counts.startsWith(", at-most") ? "" : counts;
        } else if (bound && random.nextBoolean()) {
            String join = any(JOINS);
            return "{name: %s, %s%s, after: f0}".formatted(name, any(LATE), join);
        }
        String after =
                number > 0 && random.nextBoolean() ? ", after: f" + random.nextInt(number) : "";
        if (number > 1 && random.nextInt(6) == 0) {
            after = ", after: [f0, f1]";
        }
        if (!counts.startsWith(", at-most")) {
            fulfilled.add(name);
        }
        return "{name: %s, %s%s%s}".formatted(name, part(), counts, after);
    }

    private String part() {
        return "event: {%s}, within: %s%s%s"
                .formatted(
                        any(EVENTS, BOUND_EVENTS),
                        any(WITHINS, BOUND_WITHINS),
                        any(JOINS),
                        any(SCOPES, BOUND_SCOPES));
    }

    private String steady() {
        return "{name: steady, event: {%s}, within: %s, for: %s%s%s%s}"
                .formatted(
                        any(EVENTS, BOUND_EVENTS),
                        any(WITHINS),
                        any(WITHINS),
                        any(JOINS),
                        any(BANDS),
                        random.nextInt(4) == 0 ? ", unless: {event: {type: c}}" : "");
    }

    private String sla() {
        String from = random.nextBoolean() ? "" : "from: %s, ".formatted(any(fulfilled));
        return "{name: sla, %sto: %s, within: %s}".formatted(from, any(fulfilled), any(WITHINS));
    }

    private String any(String[] choices, String[] withVariables) {
        return any(bound && random.nextInt(2) == 0 ? withVariables : choices);
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
