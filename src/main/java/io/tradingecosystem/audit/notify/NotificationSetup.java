package io.tradingecosystem.audit.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.settings.NotifySettings;

import java.util.function.Function;

/**
 * What is told, to whom, and how.
 *
 * @param service our own name
 * @param settings the webhooks
 * @param data writes a verdict as it is answered
 * @param caller makes attempts
 * @param observer hears of them
 */
public record NotificationSetup(
        String service,
        NotifySettings settings,
        Function<Verdict, ObjectNode> data,
        WebhookCaller caller,
        NotifyObserver observer) {}
