package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.Provenance;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.server.grpc.Protobuf;

import java.io.IOException;

/** Where definitions and links by hand come from, in answers. What is not known is left out. */
public final class ProvenanceAnswers {
    private ProvenanceAnswers() {}

    /** As a tree. */
    public static ObjectNode json(Provenance provenance) {
        Teller teller = provenance.teller();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "caller", teller.caller());
        put(node, "caller_kind", teller.kind());
        put(node, "door", teller.door());
        put(node, "address", teller.address());
        return node.put("at", Times.format(provenance.at()));
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    /** As the member {@code provenance} of the object that is being written. */
    public static void write(Provenance provenance, JsonGenerator json) throws IOException {
        json.writeFieldName("provenance");
        json.writeTree(json(provenance));
    }

    /** As a message. */
    public static io.tradingecosystem.audit.v1.Provenance message(Provenance provenance) {
        Teller teller = provenance.teller();
        return io.tradingecosystem.audit.v1.Provenance.newBuilder()
                .setCaller(teller.caller())
                .setCallerKind(teller.kind())
                .setDoor(teller.door())
                .setAddress(teller.address())
                .setAt(Protobuf.timestamp(provenance.at()))
                .build();
    }
}
