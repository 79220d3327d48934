package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.UnicodeText;

import java.util.Set;

/**
 * Who has the correlator say something, and from where: stands in the attributes of the event that
 * says it. What is not known is empty, and is left out there. Immutable.
 *
 * @param caller the name that the door knows; in part if it is long
 * @param kind how it is known: {@code certificate}, {@code token}, {@code jwt}, {@code none}
 * @param door by which: {@code http}, {@code grpc}, {@value #FOLDER}
 * @param address from where, without a port; of a folder the file with the line, or the folder
 */
public record Teller(String caller, String kind, String door, String address) {
    /** The door of what stands in files. */
    public static final String FOLDER = "folder";

    /** Nobody outside. */
    public static final Teller NONE = new Teller("", "", "", "");

    private static final String CALLER = "caller";
    private static final String KIND = "caller_kind";
    private static final String DOOR = "door";
    private static final String ADDRESS = "address";
    private static final Set<String> ATTRIBUTES = Set.of(CALLER, KIND, DOOR, ADDRESS);

    public Teller {
        caller = UnicodeText.excerpt(caller);
    }

    /** One whose words stand in a folder, at a place such as {@code market.yaml:7}. */
    public static Teller ofFolder(String place) {
        return new Teller("", "", FOLDER, place);
    }

    /** Whom an event of the log names; {@link #NONE} if it is of a version that noted nobody. */
    public static Teller of(AuditEvent event) {
        return new Teller(
                event.attribute(CALLER),
                event.attribute(KIND),
                event.attribute(DOOR),
                event.attribute(ADDRESS));
    }

    /** Whether an attribute is one of those that name a teller. */
    static boolean isAttribute(String name) {
        return ATTRIBUTES.contains(name);
    }

    /** The event, with who has it said. */
    public AuditEvent on(AuditEvent event) {
        AuditEventBuilder told = event.toBuilder();
        note(told, CALLER, caller);
        note(told, KIND, kind);
        note(told, DOOR, door);
        note(told, ADDRESS, address);
        return told.build();
    }

    private static void note(AuditEventBuilder event, String name, String value) {
        if (!value.isEmpty()) {
            event.attribute(name, value);
        }
    }
}
