package io.tradingecosystem.audit.access.log;

import io.tradingecosystem.audit.common.UnicodeText;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who asked what: questions that are the same stand together in the access log. Its texts are cut
 * to {@value #MAX_TEXT} characters. Immutable.
 *
 * @param what what sort of question it is
 * @param asker who asked
 * @param route such as {@code GET /api/v1/events} or {@code audit.v1.EventService/GetEvent}
 * @param keys by which it was asked for, such as {@code scenario_id}; and, of an act, what it was
 *     about
 * @param folded whether it stands for several that differ in keys or addresses
 */
public record Question(
        What what, Asker asker, String route, Map<String, String> keys, boolean folded) {
    static final int MAX_TEXT = 128;

    /** In place of an address where there were too many. */
    static final String ANYWHERE = "*";

    /** Copies the keys, in order. */
    public Question {
        keys = keys.isEmpty() ? Map.of() : cut(keys);
    }

    /** A question of its own. */
    public Question(What what, Asker asker, String route, Map<String, String> keys) {
        this(what, asker, route, keys, false);
    }

    /** What sort of question it is. */
    public enum What {
        /** Something was asked for. */
        READ,
        /** Something was defined, linked, or administered. */
        ACT,
        /** It was refused because of who asked, or how. */
        REFUSAL,
        /** Records that could not be written; their number stands under {@code answers}. */
        LOSS
    }

    /**
     * Who asked.
     *
     * @param name of the caller; empty if not known
     * @param kind how it was known: {@code token}, {@code jwt}, {@code certificate}, {@code
     *     session}, {@code none}
     * @param address where the request came from
     */
    public record Asker(String name, String kind, String address) {
        /** Nobody: the log itself. */
        static final Asker ITSELF = new Asker("", "none", "");

        /** Cuts the texts. */
        public Asker {
            name = UnicodeText.excerpt(name, MAX_TEXT);
            address = UnicodeText.excerpt(address, MAX_TEXT);
        }
    }

    /** The same with what an act was about. */
    Question about(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(keys);
        all.putAll(more);
        return new Question(what, asker, route, all, folded);
    }

    /** All of the asker's on this route. */
    Question anyKeys() {
        return new Question(what, asker, route, Map.of(), true);
    }

    /** All of those who have the asker's name, on this route. */
    Question anyAddress() {
        Asker anywhere = new Asker(asker.name(), asker.kind(), ANYWHERE);
        return new Question(what, anywhere, route, Map.of(), true);
    }

    private static Map<String, String> cut(Map<String, String> keys) {
        Map<String, String> cut = new TreeMap<>();
        keys.forEach((name, value) -> cut.put(name, UnicodeText.excerpt(value, MAX_TEXT)));
        return Collections.unmodifiableMap(cut);
    }
}
