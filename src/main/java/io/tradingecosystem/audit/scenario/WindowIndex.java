package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** By what windows are found. For the one thread that judges. */
final class WindowIndex {
    private static final byte[] NOTHING = {};

    private final StoreTransaction transaction;

    WindowIndex(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Makes a window findable.
     *
     * @param joins hashes of what effects must share with it
     */
    void add(Window window, List<byte[]> joins) {
        Occurrence occurrence = window.occurrence();
        byte[] id = VerdictKeys.octets(occurrence.verdictId());
        transaction.put(VerdictKeys.newest(window.opened()), id);
        transaction.put(VerdictKeys.oldest(window.opened()), id);
        transaction.put(VerdictKeys.ofExpectation(window.expectation(), window.opened()), id);
        if (!occurrence.scenarioId().isEmpty()) {
            transaction.put(VerdictKeys.ofScenario(occurrence.scenarioId(), window.opened()), id);
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        ArrayNode list = keys.putArray("joins");
        for (byte[] join : joins) {
            transaction.put(key(join, occurrence), NOTHING);
            list.add(join);
        }
        transaction.put(VerdictKeys.joins(occurrence.verdictId()), keys);
    }

    void remove(Window window) {
        Occurrence occurrence = window.occurrence();
        byte[] joins = VerdictKeys.joins(occurrence.verdictId());
        transaction
                .json(joins)
                .ifPresent(
                        keys -> {
                            for (JsonNode join : keys.required("joins")) {
                                transaction.delete(key(JsonRecord.octets(join), occurrence));
                            }
                        });
        transaction.delete(joins);
        transaction.delete(VerdictKeys.newest(window.opened()));
        transaction.delete(VerdictKeys.oldest(window.opened()));
        transaction.delete(VerdictKeys.ofExpectation(window.expectation(), window.opened()));
        transaction.delete(VerdictKeys.ofScenario(occurrence.scenarioId(), window.opened()));
    }

    /** The ids of windows with a join key whose trigger occurred in a range, oldest first. */
    List<String> joined(byte[] joinHash, Instant from, Instant to) {
        List<String> ids = new ArrayList<>();
        transaction.scan(
                VerdictKeys.join(joinHash),
                VerdictKeys.joinFrom(joinHash, from),
                (key, value) -> {
                    boolean inside = !VerdictKeys.joinTime(key).isAfter(to);
                    if (inside) {
                        ids.add(VerdictKeys.joinId(key));
                    }
                    return inside;
                });
        return ids;
    }

    private static byte[] key(byte[] join, Occurrence occurrence) {
        return VerdictKeys.join(join, occurrence.at(), occurrence.verdictId());
    }
}
