package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;

import java.util.ArrayList;
import java.util.List;

/**
 * A record of causes as bytes: a format number; position, occurred_at and id of the effect; then
 * each way with its kind, name, whether it was cut, terms (of rules only) and causes. Texts are
 * UTF-8 behind their length, counts and lengths are variable-length numbers.
 */
public final class EffectCausesCodec {
    private static final int FORMAT = 1;

    private EffectCausesCodec() {}

    public static byte[] write(EffectCauses effectCauses) {
        ByteWriter out = new ByteWriter(256);
        out.octet(FORMAT).number(effectCauses.position()).number(effectCauses.effectAt());
        out.text(effectCauses.effectId()).count(effectCauses.causeSets().size());
        effectCauses.causeSets().forEach((evidence, causes) -> write(out, evidence, causes));
        return out.bytes();
    }

    private static void write(ByteWriter out, Evidence evidence, CauseSet causes) {
        out.octet(code(evidence.kind())).text(evidence.name()).octet(causes.cut() ? 1 : 0);
        if (evidence.kind() == Kind.RULE) {
            ConfidenceTerms terms = causes.terms();
            out.text(terms.keys())
                    .real(terms.strength())
                    .number(terms.within())
                    .number(terms.typical())
                    .real(terms.min());
        }
        out.count(causes.causes().size());
        for (Cause cause : causes.causes()) {
            out.text(cause.id()).number(cause.at()).number(cause.position());
            if (evidence.kind() == Kind.MANUAL) {
                out.real(cause.reported());
            }
        }
    }

    public static EffectCauses read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.octet();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "a record of causes of format " + format + " is not ours");
        }
        long position = in.number();
        long at = in.number();
        EffectCauses effectCauses = new EffectCauses(position, in.text(), at);
        int ways = in.count();
        for (int i = 0; i < ways; i++) {
            Evidence evidence = new Evidence(kind(in.octet()), in.text());
            effectCauses.set(evidence, causes(in, evidence));
        }
        return effectCauses;
    }

    private static CauseSet causes(ByteReader in, Evidence evidence) {
        boolean cut = in.octet() == 1;
        ConfidenceTerms terms =
                evidence.kind() == Kind.RULE
                        ? new ConfidenceTerms(
                                in.text(), in.real(), in.number(), in.number(), in.real())
                        : ConfidenceTerms.REPORTED;
        int count = in.count();
        List<Cause> causes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = in.text();
            long at = in.number();
            long position = in.number();
            causes.add(new Cause(id, at, position, evidence.kind() == Kind.MANUAL ? in.real() : 1));
        }
        return new CauseSet(terms, cut, causes);
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
