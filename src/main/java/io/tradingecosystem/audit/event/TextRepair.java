package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.UnicodeText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts U+FFFD in the place of what is no Unicode text, and names the places in an attribute. Ids
 * stay as they are, to be refused: with a character in place of others, two would be one. Not
 * thread-safe; one event has its own.
 */
final class TextRepair {
    /** The attribute that names the fields and attributes in which something was replaced. */
    static final String MARK = "audit.invalid_text";

    private static final int MAX_NAMED = 32;
    private static final String NOTE =
            "U+FFFD stands for what is no Unicode text; where, is kept in the attribute ";

    private final AuditEventBuilder event;
    private final List<AttributeValue> places = new ArrayList<>();

    private TextRepair(AuditEventBuilder event) {
        this.event = event;
    }

    /** Repairs an event; says what its sender should know, or nothing. */
    static String repair(AuditEventBuilder event) {
        return new TextRepair(event).repair();
    }

    private String repair() {
        event.service = repaired("service", event.service);
        event.instance = repaired("instance", event.instance);
        event.type = repaired("type", event.type);
        event.message = repaired("message", event.message);
        if (event.attributes.entrySet().stream().anyMatch(TextRepair::isBroken)) {
            attributes();
        }
        if (places.isEmpty()) {
            return "";
        }
        return NOTE + event.mark(MARK, new AttributeValue.Sequence(named()));
    }

    private List<AttributeValue> named() {
        if (places.size() <= MAX_NAMED) {
            return places;
        }
        List<AttributeValue> named = new ArrayList<>(places.subList(0, MAX_NAMED));
        named.add(new AttributeValue.Text("…"));
        return named;
    }

    private String repaired(String place, String text) {
        if (UnicodeText.isWellFormed(text)) {
            return text;
        }
        places.add(new AttributeValue.Text(place));
        return UnicodeText.repaired(text);
    }

    private void attributes() {
        Map<String, AttributeValue> reported = new LinkedHashMap<>(event.attributes);
        Map<String, AttributeValue> repaired = event.changeable();
        repaired.clear();
        reported.forEach((name, value) -> put(name, value, repaired));
    }

    private void put(String name, AttributeValue value, Map<String, AttributeValue> repaired) {
        String free = free(UnicodeText.repaired(name), repaired);
        repaired.put(free, repaired(value));
        if (isBroken(Map.entry(name, value))) {
            places.add(new AttributeValue.Text(free));
        }
    }

    private static String free(String name, Map<String, AttributeValue> taken) {
        String free = name;
        while (taken.containsKey(free)) {
            free += "\uFFFD";
        }
        return free;
    }

    private static AttributeValue repaired(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text ->
                    new AttributeValue.Text(UnicodeText.repaired(text.value()));
            case AttributeValue.Sequence sequence ->
                    new AttributeValue.Sequence(
                            sequence.values().stream().map(TextRepair::repaired).toList());
            case AttributeValue.Mapping mapping -> {
                Map<String, AttributeValue> values = new LinkedHashMap<>();
                mapping.values()
                        .forEach(
                                (name, each) ->
                                        values.put(
                                                free(UnicodeText.repaired(name), values),
                                                repaired(each)));
                yield new AttributeValue.Mapping(values);
            }
            case AttributeValue.Empty empty -> empty;
            case AttributeValue.Whole whole -> whole;
            case AttributeValue.Real real -> real;
            case AttributeValue.Flag flag -> flag;
            case AttributeValue.Bytes bytes -> bytes;
        };
    }

    private static boolean isBroken(Map.Entry<String, AttributeValue> attribute) {
        return !UnicodeText.isWellFormed(attribute.getKey()) || isBroken(attribute.getValue());
    }

    private static boolean isBroken(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> !UnicodeText.isWellFormed(text.value());
            case AttributeValue.Sequence sequence ->
                    sequence.values().stream().anyMatch(TextRepair::isBroken);
            case AttributeValue.Mapping mapping ->
                    mapping.values().entrySet().stream().anyMatch(TextRepair::isBroken);
            case AttributeValue.Empty empty -> false;
            case AttributeValue.Whole whole -> false;
            case AttributeValue.Real real -> false;
            case AttributeValue.Flag flag -> false;
            case AttributeValue.Bytes bytes -> false;
        };
    }
}
