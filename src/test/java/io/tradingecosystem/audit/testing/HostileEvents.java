package io.tradingecosystem.audit.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Events in JSON as no program should send them, and as some do. Each has an id of its own. */
public final class HostileEvents {
    private static final String[] TEXTS = {
        "",
        " ",
        "s",
        "risk-monitor",
        "trading-engine",
        "ORD-1",
        "17",
        "17.0",
        "1e999",
        "007",
        "NaN",
        "true",
        "null",
        "\u0000",
        "a\u0000b",
        "\t\r\n",
        "\u007f",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "\u202e\u05d0\u05d1",
        "\u0663\u0663",
        "\uff11\uff12",
        "\ud83d\ude00",
        "\ud800",
        "\udc00\ud800",
        "x\udfff",
        "e\u0301",
        "\u0130\u0131",
        "\"\\{}[],:/?*%",
        "$bytes",
        "../../etc",
        "audit.verdict",
        "2026-01-31T12:00:00Z",
        "x".repeat(300),
        "\u00e9".repeat(256)
    };
    private static final String[] IDS = {
        "",
        "0",
        "-",
        "5b8efff798038103d269b633813fc60c",
        "5B8EFFF798038103D269B633813FC60C",
        "5b8efff7-9803-8103-d269-b633813fc60c",
        "00000000000000000000000000000000",
        "eee19b7ec3c1b174",
        "EEE19B7EC3C1B174",
        "0000000000000000",
        "ffffffffffffffff",
        "\u0663".repeat(16),
        "\u0663".repeat(32),
        "\uff10".repeat(16),
        "\uff21".repeat(32),
        "\u1d7ce19b7ec3c1b17",
        "0x19b7ec3c1b174e",
        "eee19b7ec3c1b17\u00e9",
        "\u212ae19b7ec3c1b174"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "-0.0",
        "17",
        "17.0",
        "1e3",
        "0.1",
        "1e-7",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551615",
        "9007199254740993",
        "9007199254740993.0",
        "1.7976931348623157e308",
        "1e999",
        "-1e999",
        "4.9E-324",
        "1e-400",
        "2.2250738585072011e-308",
        "0.1000000000000000055511151231257827",
        "0.12345678901234567890",
        "0.30000000000000004",
        "123456789012345678901234567890"
    };
    private static final String[] TIMES = {
        "0",
        "1",
        "-1",
        "946684800000000000",
        "946684799999999999",
        "4102444800000000000",
        "9223372036854775807",
        "9223372036854775808",
        "1769860800.5",
        "1.7698608e18",
        "\"1970-01-01T00:00:00Z\"",
        "\"2000-01-01T00:00:00Z\"",
        "\"2026-01-01T00:00:00.123456789Z\"",
        "\"2026-01-01T00:00:00.1234567891Z\"",
        "\"2026-01-01T00:00:00.1234567890Z\"",
        "\"2016-12-31T23:59:60Z\"",
        "\"2026-01-01T12:00:60Z\"",
        "\"2026-01-01t05:30:00,5+05:30\"",
        "\"0000-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"\u0662026-01-01T00:00:00Z\"",
        "\"\u0661769860800000000000\"",
        "\"+1769860800000000000\""
    };
    private static final String[] DURATIONS = {
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "\"9223372035s\"",
        "\"1.5s\"",
        "\"1.5ns\"",
        "\"PT1H\"",
        "\"-PT1H\"",
        "\"PT0.0000000001S\"",
        "\"99999999999d\"",
        "1.5"
    };
    private static final String[] TYPES = {
        "order.placed",
        "order.accepted",
        "order.filled",
        "market.price.shock",
        "chaos.injected",
        "risk.alert.raised",
        "settlement.delayed",
        "scenario.started",
        "strategy.halted"
    };
    private static final String[] NAMES = {
        "order_id",
        "orderId",
        "trade_id",
        "symbol",
        "instrument",
        "serviceName",
        "eventType",
        "timestamp",
        "correlationId",
        "scenario.id",
        "causation_id",
        "traceId",
        "spanId",
        "otel.repeated.x",
        "audit.told_trace_id",
        "audit.invalid_text",
        "$real",
        "$$x"
    };

    private final Random random;
    private final Instant now;

    /** Events about a time, the same for the same seed. */
    public HostileEvents(long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now;
    }

    /** An event whose id ends with a text. */
    public String next(String id) {
        List<String> members = new ArrayList<>();
        members.add(member("id", quoted((rarely() ? text() : "") + id)));
        members.add(member("service", often() ? quoted(pick("s", "risk-monitor")) : any()));
        members.add(member("type", often() ? quoted(pick(TYPES)) : any()));
        members.add(member("occurred_at", often() ? quoted(time()) : pick(TIMES)));
        maybe(members, "instance", this::any);
        maybe(members, "severity", () -> pick("\"warning\"", "\"ERROR\"", "\"\u0131nfo\"", "3"));
        maybe(members, "recorded_at", () -> pick(TIMES));
        maybe(members, "duration", () -> pick(DURATIONS));
        maybe(members, "trace_id", () -> quoted(pick(IDS)));
        maybe(members, "span_id", () -> quoted(pick(IDS)));
        maybe(members, "parent_span_id", () -> quoted(pick(IDS)));
        maybe(members, "correlation_id", this::any);
        maybe(members, "scenario_id", this::any);
        maybe(members, "cause_id", this::any);
        maybe(members, "message", this::any);
        maybe(members, "position", () -> pick(NUMBERS));
        members.add(member("attributes", object(0)));
        maybe(members, "links", () -> "[" + link() + "]");
        return "{" + String.join(",", members) + "}";
    }

    private String link() {
        return "{"
                + member("trace_id", quoted(pick(IDS)))
                + ","
                + member("span_id", quoted(pick(IDS)))
                + "}";
    }

    private String object(int depth) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = often() ? pick(NAMES) : text();
            String member = member(name + (rarely() ? "" : i), value(depth));
            members.add(member);
        }
        return "{" + String.join(",", members) + "}";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < 20 ? 9 : 6)) {
            case 0, 1 -> quoted(text());
            case 2 -> often() ? "17" : pick(NUMBERS);
            case 3 ->
                    Double.toString(Double.longBitsToDouble(random.nextLong()))
                            .replaceAll("[NI].*", "1");
            case 4 -> Long.toString(random.nextLong());
            case 5 -> pick("null", "true", "false");
            case 6 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
            case 7 -> "[".repeat(15) + value(depth + 15) + "]".repeat(15);
            default -> object(depth + 1);
        };
    }

    /** Something where a text is wanted. */
    private String any() {
        return often() ? quoted(text()) : value(19);
    }

    private String time() {
        return now.minusNanos(random.nextLong(60_000_000_000L)).toString();
    }

    private String text() {
        return pick(TEXTS);
    }

    private void maybe(List<String> members, String name, Supplier<String> value) {
        if (random.nextInt(8) == 0) {
            members.add(member(name, value.get()));
        }
    }

    private boolean often() {
        return random.nextInt(6) > 0;
    }

    private boolean rarely() {
        return random.nextInt(6) == 0;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String member(String name, String value) {
        return quoted(name) + ":" + value;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            quoted.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return quoted.append('"').toString();
    }
}
