package io.tradingecosystem.audit.event;

import java.util.HashMap;
import java.util.Map;

/** What the correlator need not say again. */
public final class SaidBefore {
    private SaidBefore() {}

    /**
     * Whether an event of the log says what one of the correlator's own says that has, or would
     * have, its id: another of its own does, as ids are made of what is said; one that is unproven,
     * if it says the same, whoever has it said.
     */
    public static boolean by(AuditEvent there, AuditEvent own) {
        return there.type().equals(own.type())
                && switch (there.author()) {
                    case DOOR -> false;
                    case OWN -> true;
                    case UNPROVEN -> said(there).equals(said(own));
                };
    }

    private static Map<String, AttributeValue> said(AuditEvent event) {
        Map<String, AttributeValue> said = new HashMap<>(event.attributes());
        said.keySet().removeIf(Teller::isAttribute);
        return said;
    }
}
