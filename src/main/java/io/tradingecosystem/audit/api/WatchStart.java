package io.tradingecosystem.audit.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where a watcher goes on. The id of a place is {@code LOG-PLACE}; ids of before logs had ids,
 * a place alone, are still taken.
 *
 * @param after the place behind which it goes on
 * @param reset why that is not what was asked for, if so
 */
record WatchStart(long after, Optional<Reset> reset) {
    private static final Pattern ID = Pattern.compile("(?:([0-9a-z]{1,32})-)?(\\d{1,18})");

    /** Why a watcher does not go on where it asked to. */
    enum Reason {
        /** The place is behind the last there is: the log was shortened, or it is another one. */
        AHEAD,
        /** The place is one of another log. */
        OTHER_LOG,
        /** It is no id of ours. */
        UNREADABLE
    }

    /**
     * What a watcher is told that does not go on where it asked to.
     *
     * @param asked the id it gave
     * @param after the place behind which it goes on
     * @param last the last place there is
     */
    record Reset(Reason reason, String asked, long after, long last) {}

    /** Whether a text is the id of a place. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static String id(String log, long place) {
        return log + "-" + place;
    }

    /** What comes from now on. */
    static WatchStart now(Live<?> live) {
        return new WatchStart(live.last(), Optional.empty());
    }

    /**
     * What comes behind an id. Nothing that the watcher may have missed is left out: behind a place
     * that this log does not have comes all there is.
     */
    static WatchStart behind(String id, Live<?> live) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return reset(Reason.UNREADABLE, id, live.last(), live);
        }
        if (parts.group(1) != null && !parts.group(1).equals(live.log())) {
            return reset(Reason.OTHER_LOG, id, 0, live);
        }
        long place = Long.parseLong(parts.group(2));
        return place > live.last()
                ? reset(Reason.AHEAD, id, 0, live)
                : new WatchStart(place, Optional.empty());
    }

    private static WatchStart reset(Reason reason, String asked, long after, Live<?> live) {
        return new WatchStart(after, Optional.of(new Reset(reason, asked, after, live.last())));
    }
}
