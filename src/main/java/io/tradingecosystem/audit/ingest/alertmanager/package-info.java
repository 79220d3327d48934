/**
 * Notifications of Prometheus' Alertmanager as events. The door in {@code api.events} takes them.
 *
 * <p>All of it runs on the thread of its caller.
 *
 * {@snippet file="ingest/alertmanager/AlertmanagerExampleTest.java" region="read"}
 */
@NullMarked
package io.tradingecosystem.audit.ingest.alertmanager;

import org.jspecify.annotations.NullMarked;
