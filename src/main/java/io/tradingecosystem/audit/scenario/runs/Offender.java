package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.matching.JoinedEvent;

/**
 * An occurrence that did not pass.
 *
 * @param trigger the event that was not followed as it must be
 * @param reason what its verdict says, cut to {@link #MAX_REASON} characters
 */
public record Offender(JoinedEvent trigger, String reason) {
    static final int MAX_REASON = 200;

    /** One with a reason of any length. */
    public static Offender of(JoinedEvent trigger, String reason) {
        return new Offender(
                trigger, reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
    }

    byte[] bytes() {
        ByteWriter out = new ByteWriter(128).text(trigger.id()).number(trigger.at());
        trigger.write(out);
        return out.text(reason).bytes();
    }

    static Offender read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        JoinedEvent trigger = JoinedEvent.read(in.text(), in.number(), in);
        return new Offender(trigger, in.text());
    }

    @Override
    public String toString() {
        return trigger.id() + " (" + reason + ")";
    }
}
