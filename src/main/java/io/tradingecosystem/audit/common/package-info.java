/** Tools that know no room: bytes, hashes, ids, back-off, JSON, durations. A tool exists once. */
@NullMarked
package io.tradingecosystem.audit.common;

import org.jspecify.annotations.NullMarked;
