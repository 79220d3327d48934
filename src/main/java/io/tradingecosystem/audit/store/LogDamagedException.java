package io.tradingecosystem.audit.store;

import org.jspecify.annotations.Nullable;

/** A part of the log is damaged and cannot be read; the rest can be, and the log can be written. */
public final class LogDamagedException extends LogUnavailableException {
    private static final long serialVersionUID = 1L;

    private final transient Damage damage;

    LogDamagedException(Damage damage, @Nullable Throwable cause) {
        super("a part of the log cannot be read: " + damage, cause);
        this.damage = damage;
    }

    /** Which part. */
    public Damage damage() {
        return damage;
    }
}
