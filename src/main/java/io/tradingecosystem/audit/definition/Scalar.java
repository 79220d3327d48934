package io.tradingecosystem.audit.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value that is neither a mapping nor a list, as it is written. YAML 1.1 and 1.2 read some words
 * without quotes as something else than their own text: {@code NO} as false, {@code 007} as seven,
 * {@code 1.10} as 1.1. Here a word is its own text, unless it is {@code true}, {@code false}, a
 * number of JSON or nothing; what another reader would make of it is kept as a doubt. Immutable.
 *
 * @param value what it is
 * @param text how it is written, without quotes
 * @param reading what YAML makes of it, if that is not its own text; empty if it is
 */
record Scalar(JsonNode value, String text, String reading) {
    /** Of what is no scalar. */
    static final Scalar NONE = new Scalar(NullNode.getInstance(), "", "");

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern JSON_NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** A number whose text is the one way to write it. */
    private static final Pattern PLAIN_DECIMAL =
            Pattern.compile("(?!-0$)-?(0|[1-9][0-9]*)(\\.([0-9]*[1-9]|0))?");

    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern YES = Pattern.compile("y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern NO = Pattern.compile("n|N|no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[-+]?([0-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+"
                            // Times of the day are numbers to the base of sixty.
                            + "|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
                            + "|(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
                            + "|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");

    /** A text in quotes, or of a block. */
    static Scalar quoted(String text) {
        return new Scalar(TextNode.valueOf(text), text, "");
    }

    /** A word of YAML without quotes. */
    static Scalar plain(String text) {
        if (NOTHING.matcher(text).matches()) {
            return new Scalar(NullNode.getInstance(), text, "nothing");
        }
        if (text.equals("true") || text.equals("false")) {
            return new Scalar(BooleanNode.valueOf(text.equals("true")), text, "");
        }
        Optional<JsonNode> number = number(text);
        return number.map(value -> new Scalar(value, text, unlessDecimal(text, value)))
                .orElseGet(() -> new Scalar(TextNode.valueOf(text), text, reading(text)));
    }

    /** A number, true, false or null of JSON, where 1.10 is one way to write 1.1. */
    static Scalar json(String text) {
        Scalar plain = plain(text);
        return plain.value().isNumber() || plain.value().isBoolean()
                ? new Scalar(plain.value(), text, "")
                : plain;
    }

    /** A number that the tree keeps exactly; other text stays text. */
    private static Optional<JsonNode> number(String text) {
        if (!JSON_NUMBER.matcher(text).matches() || text.length() > 1_000) {
            return Optional.empty();
        }
        if (WHOLE.matcher(text).matches()) {
            return Optional.of(whole(new BigInteger(text)));
        }
        double value = Double.parseDouble(text);
        boolean exact =
                Double.isFinite(value)
                        && BigDecimal.valueOf(value).compareTo(new BigDecimal(text)) == 0;
        return exact ? Optional.of(JsonNodeFactory.instance.numberNode(value)) : Optional.empty();
    }

    private static JsonNode whole(BigInteger value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.bitLength() < Integer.SIZE) {
            return nodes.numberNode(value.intValueExact());
        }
        return value.bitLength() < Long.SIZE
                ? nodes.numberNode(value.longValueExact())
                : nodes.numberNode(value);
    }

    private static String unlessDecimal(String text, JsonNode value) {
        return PLAIN_DECIMAL.matcher(text).matches() ? "" : value.asText();
    }

    private static String reading(String text) {
        if (YES.matcher(text).matches()) {
            return "true";
        }
        if (NO.matcher(text).matches()) {
            return "false";
        }
        if (NUMBER.matcher(text).matches()) {
            return "a number";
        }
        return TIME.matcher(text).matches() ? "a time" : "";
    }

    /** Whether it is a text to whoever asks for one: a word, or a number written the one way. */
    boolean isOwnText() {
        return !value.isNull() && (value.isTextual() || reading.isEmpty());
    }

    /** Whether nobody reads it as anything else than its own text. */
    boolean isCertain() {
        return reading.isEmpty();
    }
}
