package io.tradingecosystem.audit.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.List;
import java.util.regex.Pattern;

/** Text that steers terminals, begins lines of its own, or turns the order of letters around. */
public final class HostileText {
    /** One of everything. */
    public static final String SAMPLE =
            "\u001b[2J\u0000\u0007\b\t\r\n2026-01-31T12:00:00.000Z info  forged\u007f\u0085\u009b2J"
                    + "\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ud800\ufffe\uffff"
                    + "<b onload='x'>&\"]]>";

    /** By the categories of Unicode, but for line ends. */
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "[[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]&&[^\\n"
                        + "]]");

    private HostileText() {}

    /** Texts of up to 20 pieces, some of which are plain. */
    public static Arbitrary<String> arbitrary() {
        Arbitrary<String> plain =
                Arbitraries.of("a", " ", "é", "€", "😀", "\\", "\\u001b", "\"", "<", "&", "%", "=");
        Arbitrary<String> all = Arbitraries.chars().range('\u0000', '\uffff').map(String::valueOf);
        Arbitrary<String> marks =
                Arbitraries.chars().range('\u2000', '\u206f').map(String::valueOf);
        Arbitrary<String> controls =
                Arbitraries.chars().range('\u0000', '\u00a0').map(String::valueOf);
        Arbitrary<String> pieces =
                Arbitraries.oneOf(List.of(plain, all, marks, controls, Arbitraries.just(SAMPLE)));
        return pieces.list().ofMaxSize(20).map(list -> String.join("", list));
    }

    /** Whether a text has what people may not be shown; line ends it may have. */
    public static boolean isHostile(String text) {
        return HIDDEN.matcher(text).find();
    }
}
