package io.tradingecosystem.audit.correlation;

/**
 * A remembered event as bytes: occurred_at, recorded_at, id, then a letter and some numbers for
 * each role. What a role is in is found again by its key.
 */
final class RoleCodec {
    private RoleCodec() {}

    static byte[] write(Remembered event) {
        ByteWriter out = new ByteWriter(96);
        out.number(event.at()).number(event.recordedAt()).text(event.id());
        event.roles().forEach(role -> role.write(out));
        return out.bytes();
    }

    /** Remembers an event again; roles for rules that are gone are left out. */
    static void read(long position, byte[] bytes, Memory memory) {
        ByteReader in = new ByteReader(bytes);
        Remembered event = new Remembered(position, in.number(), in.number(), in.text());
        while (in.hasMore()) {
            char letter = (char) in.octet();
            switch (letter) {
                case Sighting.LETTER -> sighting(event, in, memory);
                case SpanEvent.LETTER -> memory.enter(event, memory.span(SpanKey.read(in)));
                case SpanHeir.LETTER -> {
                    boolean child = in.octet() == 1;
                    memory.inherit(event, memory.span(SpanKey.read(in)), child);
                }
                case Awaiting.LETTER -> memory.await(event, in.text());
                default -> throw new IllegalStateException("a role " + letter + " is not ours");
            }
        }
        if (!event.roles().isEmpty()) {
            memory.add(event);
        }
    }

    private static void sighting(Remembered event, ByteReader in, Memory memory) {
        RuleState rule = memory.rules().get((int) in.number());
        boolean cause = in.octet() == 1;
        long join = in.number();
        if (rule != null) {
            memory.see(event, rule, cause, join);
        }
    }
}
