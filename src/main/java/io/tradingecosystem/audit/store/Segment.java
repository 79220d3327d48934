package io.tradingecosystem.audit.store;

import java.time.Instant;

/**
 * A run of positions that goes as a whole when it is old enough.
 *
 * @param number counts up from 1; the first bytes of the keys of its postings
 * @param first its first position
 * @param begun when it became the one that is appended to
 */
record Segment(int number, long first, Instant begun) {}
