package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.InvalidQuestionException;

/**
 * Where a list of links goes on: at an effect, behind so many of its links.
 *
 * @param effectAt its occurred_at, in nanoseconds since the epoch
 * @param effect its position
 */
record LinkPageToken(long effectAt, long effect, int skip) {
    static final LinkPageToken END = new LinkPageToken(0, -1, 0);

    /**
     * Reads a token; an empty one is the start.
     *
     * @throws InvalidQuestionException if it is not one of ours
     */
    static LinkPageToken parse(String token) {
        if (token.isEmpty()) {
            return new LinkPageToken(0, 0, 0);
        }
        String[] parts = token.split("\\.", -1);
        try {
            if (parts.length == 3 && Integer.parseInt(parts[2]) >= 0) {
                return new LinkPageToken(
                        Long.parseLong(parts[0]),
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]));
            }
        } catch (NumberFormatException e) {
            throw InvalidQuestionException.pageToken(token);
        }
        throw InvalidQuestionException.pageToken(token);
    }

    @Override
    public String toString() {
        return effect < 0 ? "" : effectAt + "." + effect + "." + skip;
    }
}
