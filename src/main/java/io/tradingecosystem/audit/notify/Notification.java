package io.tradingecosystem.audit.notify;

import java.time.Instant;

/**
 * One event as it is sent.
 *
 * @param id the same however often it is sent, so that a receiver drops what it has
 * @param type of the CloudEvent
 * @param about the verdict's id; empty if it is about none
 * @param since when what it tells of was certain
 * @param body the CloudEvent as JSON
 */
record Notification(String id, String type, String about, Instant since, String body) {}
