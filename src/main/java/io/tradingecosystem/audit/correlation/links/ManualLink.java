package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A link as somebody tells it.
 *
 * @param causeId the event that caused
 * @param effectId the event that was caused
 * @param type what kind of relation, in the teller's words
 * @param confidence how sure the teller is, in (0, 1]
 */
public record ManualLink(String causeId, String effectId, String type, double confidence) {
    private static final int MAX_CHARACTERS = 100;

    /** What is wrong with it, wherever the events are. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (causeId.isBlank()) {
            problems.add("the cause's id is missing");
        }
        if (effectId.isBlank()) {
            problems.add("the effect's id is missing");
        }
        if (causeId.equals(effectId)) {
            problems.add("an event cannot cause itself");
        }
        if (type.isBlank() || type.length() > MAX_CHARACTERS) {
            problems.add(
                    "the type has "
                            + type.length()
                            + " characters; allowed are 1 to "
                            + MAX_CHARACTERS);
        }
        if (!(confidence > 0 && confidence <= 1)) {
            problems.add("the confidence is " + confidence + "; allowed is over 0 up to 1");
        }
        return problems;
    }

    /** As it will be seen; both events are in the index. */
    public Link between(EventIndex index) {
        AuditEvent cause = index.byId(causeId).orElseThrow();
        AuditEvent effect = index.byId(effectId).orElseThrow();
        return new Link(
                EventRef.of(cause),
                EventRef.of(effect),
                Link.Kind.MANUAL,
                type,
                cause.occurredAt(),
                Duration.between(cause.occurredAt(), effect.occurredAt()),
                confidence,
                evidence(type));
    }

    /** Whether it links the same two in the same way, however sure the teller is. */
    boolean isSameBut(ManualLink other) {
        return causeId.equals(other.causeId)
                && effectId.equals(other.effectId)
                && type.equals(other.type);
    }

    /** Whether a link is this one. */
    boolean isOf(Link link) {
        return isSameBut(new ManualLink(link.causeId(), link.effectId(), link.rule(), confidence));
    }

    static String evidence(String type) {
        return "told through the API as " + type;
    }
}
