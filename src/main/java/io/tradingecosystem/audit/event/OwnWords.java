package io.tradingecosystem.audit.event;

import java.util.Set;
import java.util.UUID;

/**
 * The words in which the correlator speaks through the log: the types of its events, and how their
 * ids begin. No door takes an event with either, so that nobody else can say, or keep out of the
 * log, what the correlator says.
 */
public final class OwnWords {
    /** A rule that came into force or was withdrawn. */
    public static final String RULE = "audit.rule";

    /** An expectation that came into force or was withdrawn. */
    public static final String EXPECTATION = "audit.expectation";

    /** A link that somebody told. */
    public static final String LINK = "audit.link";

    /** A time in which events may have been lost. */
    public static final String GAP = "audit.gap";

    /** A version of a verdict. */
    public static final String VERDICT = "audit.verdict";

    /** What was left out to stay within a bound. */
    public static final String EVICTION = "audit.eviction";

    /** Settings that decide, from here on. */
    public static final String SETTINGS = "audit.settings";

    /** The semantics, from here on. */
    public static final String SEMANTICS = "audit.semantics";

    /** That a service was found dead, or alive again. */
    public static final String SOURCE = "audit.source";

    /** All of them. Another type that begins with {@code audit.} is anybody's. */
    public static final Set<String> TYPES =
            Set.of(RULE, EXPECTATION, LINK, GAP, VERDICT, EVICTION, SETTINGS, SEMANTICS, SOURCE);

    /** How the ids begin; until there were marks of authors they were what follows it. */
    public static final String ID_PREFIX = "audit:";

    private OwnWords() {}

    /** The id of an own event. */
    public static String id(String name) {
        return ID_PREFIX + name;
    }

    /** What versions before had for such an id, whose ids others could give as well. */
    public static String formerId(String id) {
        return id.substring(ID_PREFIX.length());
    }

    /**
     * The id that an own event has where another has the one it should have.
     *
     * @param number from 2, the next for as long as that is taken as well
     */
    public static String nextId(String id, int number) {
        return id + "~" + number;
    }

    /** Another such id each time, which nobody can have taken before. */
    public static String unforeseenId(String id) {
        return id + "~" + UUID.randomUUID();
    }

    /** Whether an id is one that only the correlator gives. */
    public static boolean isOwnId(String id) {
        return id.startsWith(ID_PREFIX);
    }
}
