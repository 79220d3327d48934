/**
 * The doors of webhooks: {@link WebhookRoutes} tells how each is doing and what was put aside, and
 * lets it be sent again; {@link WebhookMonitoring} shows them in metrics, health and status.
 *
 * <p>Everything runs on the threads of those who ask.
 *
 * {@snippet file="api/webhooks/WebhookDoorsTest.java" region="ask"}
 */
@NullMarked
package io.tradingecosystem.audit.api.webhooks;

import org.jspecify.annotations.NullMarked;
