package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Causes;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Way;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.rules.Confidence.Terms;

import java.util.ArrayList;
import java.util.List;

/**
 * A dossier as bytes: a format number; position, occurred_at and id of the effect; then each way
 * with its kind, name, whether it was cut, terms (of rules only) and causes. Texts are UTF-8 behind
 * their length, counts and lengths are variable-length numbers.
 */
public final class EffectCausesCodec {
    private static final int FORMAT = 1;

    private EffectCausesCodec() {}

    public static byte[] write(EffectCauses dossier) {
        ByteWriter out = new ByteWriter(256);
        out.octet(FORMAT).number(dossier.position()).number(dossier.effectAt());
        out.text(dossier.effectId()).count(dossier.ways().size());
        dossier.ways().forEach((way, causes) -> write(out, way, causes));
        return out.bytes();
    }

    private static void write(ByteWriter out, Way way, Causes causes) {
        out.octet(code(way.kind())).text(way.name()).octet(causes.cut() ? 1 : 0);
        if (way.kind() == Kind.RULE) {
            Terms terms = causes.terms();
            out.text(terms.keys())
                    .real(terms.strength())
                    .number(terms.within())
                    .number(terms.typical())
                    .real(terms.least());
        }
        out.count(causes.causes().size());
        for (Cause cause : causes.causes()) {
            out.text(cause.id()).number(cause.at()).number(cause.position());
            if (way.kind() == Kind.MANUAL) {
                out.real(cause.told());
            }
        }
    }

    public static EffectCauses read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.octet();
        if (format != FORMAT) {
            throw new IllegalStateException("a dossier of format " + format + " is not ours");
        }
        long position = in.number();
        long at = in.number();
        EffectCauses dossier = new EffectCauses(position, in.text(), at);
        int ways = in.count();
        for (int i = 0; i < ways; i++) {
            Way way = new Way(kind(in.octet()), in.text());
            dossier.set(way, causes(in, way));
        }
        return dossier;
    }

    private static Causes causes(ByteReader in, Way way) {
        boolean cut = in.octet() == 1;
        Terms terms =
                way.kind() == Kind.RULE
                        ? new Terms(in.text(), in.real(), in.number(), in.number(), in.real())
                        : Terms.TOLD;
        int count = in.count();
        List<Cause> causes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = in.text();
            long at = in.number();
            long position = in.number();
            causes.add(new Cause(id, at, position, way.kind() == Kind.MANUAL ? in.real() : 1));
        }
        return new Causes(terms, cut, causes);
    }

    public static int code(Kind kind) {
        return switch (kind) {
            case EXPLICIT -> 1;
            case PARENT -> 2;
            case RULE -> 3;
            case MANUAL -> 4;
        };
    }

    static Kind kind(int code) {
        return switch (code) {
            case 1 -> Kind.EXPLICIT;
            case 2 -> Kind.PARENT;
            case 3 -> Kind.RULE;
            case 4 -> Kind.MANUAL;
            default -> throw new IllegalStateException("a link of kind " + code + " is not ours");
        };
    }
}
