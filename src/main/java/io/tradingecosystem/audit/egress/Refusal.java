package io.tradingecosystem.audit.egress;

/**
 * Why an address is not called.
 *
 * @param kind why, in a word
 * @param detail why, in a sentence without the host
 */
public record Refusal(Kind kind, String detail) {

    /** Why an address is not called. */
    public enum Kind {
        /** What stands there is neither a name nor an address. */
        NO_HOST,
        /** An address that nobody has. */
        UNSPECIFIED,
        /** An address of this link only, where clouds serve credentials. */
        LINK_LOCAL,
        /** An address at which a cloud serves credentials. */
        METADATA,
        /** An address of many. */
        MULTICAST,
        /** Not one of those that the settings name. */
        NOT_LISTED
    }

    /** As people read it. */
    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
