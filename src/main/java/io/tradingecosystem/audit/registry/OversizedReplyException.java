package io.tradingecosystem.audit.registry;

import java.io.IOException;
import java.util.Optional;

/** A reply that is so large that the connection is given up rather than read on. */
final class OversizedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int reply;

    /**
     * @param reply its place among the replies to the commands that were sent together, from 0
     * @param announced bytes or elements, as it says itself
     */
    OversizedReplyException(int reply, long announced) {
        super("Redis announced a reply of " + announced + " bytes or elements");
        this.reply = reply;
    }

    int reply() {
        return reply;
    }

    /** The one that made something fail, if it was such a reply. */
    static Optional<OversizedReplyException> in(Throwable failure) {
        for (Throwable cause : Reasons.causes(failure)) {
            if (cause instanceof OversizedReplyException oversized) {
                return Optional.of(oversized);
            }
        }
        return Optional.empty();
    }
}
