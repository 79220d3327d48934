/**
 * Notifications of Prometheus' Alertmanager as events. The door in {@code api.events} takes them.
 *
 * <p>All of it runs on the thread of its caller.
 */
@NullMarked
package io.tradingecosystem.audit.ingest.alertmanager;

import org.jspecify.annotations.NullMarked;
