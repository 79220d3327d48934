package io.tradingecosystem.audit.scenario;

/** Values of events in sentences: in quotes, and no longer than a sentence can bear. */
final class Quoted {
    private static final int MAX_CHARACTERS = 100;

    private Quoted() {}

    static String of(String value) {
        return '"' + (value.length() > MAX_CHARACTERS ? cut(value) : value) + '"';
    }

    private static String cut(String value) {
        boolean pair = Character.isHighSurrogate(value.charAt(MAX_CHARACTERS - 1));
        return value.substring(0, pair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS) + "…";
    }
}
