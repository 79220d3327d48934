package io.tradingecosystem.audit.event;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.Map;

/** Attributes of every kind, a few deep. */
public final class AnyAttributes {
    private static final int MAX_DEPTH = 3;

    private final Arbitrary<String> names;
    private final Arbitrary<String> texts;

    private AnyAttributes(Arbitrary<String> names, Arbitrary<String> texts) {
        this.names = names;
        this.texts = texts;
    }

    /** Attributes with such names, and such texts among their values. */
    public static Arbitrary<Map<String, AttributeValue>> of(
            Arbitrary<String> names, Arbitrary<String> texts) {
        return new AnyAttributes(names, texts).attributes(0);
    }

    private Arbitrary<Map<String, AttributeValue>> attributes(int depth) {
        return Arbitraries.maps(names, value(depth)).ofMaxSize(5);
    }

    private Arbitrary<AttributeValue> value(int depth) {
        Arbitrary<AttributeValue> leaf =
                Arbitraries.oneOf(
                        texts.map(AttributeValue.Text::new),
                        Arbitraries.longs().map(AttributeValue.Whole::new),
                        Arbitraries.doubles()
                                .withSpecialValue(Double.NaN)
                                .withSpecialValue(Double.NEGATIVE_INFINITY)
                                .withSpecialValue(-0.0)
                                .map(AttributeValue.Real::new),
                        Arbitraries.of(true, false).map(AttributeValue.Flag::new),
                        Arbitraries.create(AttributeValue.Empty::new),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMaxSize(20)
                                .map(AttributeValue.Bytes::of));
        return depth == MAX_DEPTH
                ? leaf
                : Arbitraries.oneOf(
                        leaf,
                        leaf,
                        Arbitraries.lazy(() -> value(depth + 1))
                                .list()
                                .ofMaxSize(3)
                                .map(AttributeValue.Sequence::new),
                        Arbitraries.lazy(() -> attributes(depth + 1))
                                .map(AttributeValue.Mapping::new),
                        likeJsonForBytes());
    }

    /** What looks like the form that JSON has for bytes is a map all the same. */
    private static Arbitrary<AttributeValue> likeJsonForBytes() {
        return Arbitraries.of("$bytes", "$real", "$$x", "$")
                .map(
                        name ->
                                new AttributeValue.Mapping(
                                        Map.of(name, new AttributeValue.Text("AA=="))));
    }
}
