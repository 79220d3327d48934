package io.tradingecosystem.audit.monitoring;

import java.util.function.Supplier;

/**
 * A part of the status document, {@code GET /api/v1/status} and {@code audit.v1.StatusService}.
 *
 * @param name the member's name in the document, in snake_case
 * @param document gives a record, map, list or scalar that shows the part as it is now; called on
 *     the thread of the request, so it is cheap and does not block. If it throws, the section shows
 *     the failure and the rest of the document stands
 */
public record StatusSection(String name, Supplier<?> document) {}
