package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.regex.Pattern;

/**
 * Who takes part, as events and registry name it.
 *
 * @param type the service without the suffix of a language, as {@code exchange-simulator} of {@code
 *     exchange-simulator-go}
 * @param instance empty where it is not told
 */
record Participant(String type, String instance) implements Comparable<Participant> {
    private static final Pattern LANGUAGE =
            Pattern.compile("(?<=.)[-_](go|golang|py|python|java|kt|js|ts|rs|rust|cs|cpp)$");

    static Participant of(String service, String instance) {
        return new Participant(type(service), instance);
    }

    static Participant of(AuditEvent event) {
        return of(event.service(), event.instance());
    }

    /** A service's type. */
    static String type(String service) {
        return LANGUAGE.matcher(service).replaceFirst("");
    }

    /** Whether another is of the same type. */
    boolean isOfTypeOf(Participant other) {
        return type.equals(other.type);
    }

    /** An id that no other has: {@code type} or {@code type/instance}. */
    String id() {
        return instance.isEmpty() ? escaped(type) : escaped(type) + "/" + escaped(instance);
    }

    private static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F").replace(">", "%3E");
    }

    @Override
    public int compareTo(Participant other) {
        int byType = type.compareTo(other.type);
        return byType == 0 ? instance.compareTo(other.instance) : byType;
    }
}
