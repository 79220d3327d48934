package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Words without quotes, as a reader of YAML 1.1 that others use has them. */
class PlainScalarProperties {
    private final Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));

    @Property(tries = 20_000)
    void shouldBeCertainOnlyOfWhatAnotherReaderReadsTheSame(
            @ForAll
                    @StringLength(min = 1, max = 7)
                    @CharRange(from = '0', to = '2')
                    @Chars({'.', '_', '-', '+', 'e', 'x', 'o', 'b', 'n', 'y', 'N', 'O', 'f', '~'})
                    String word) {
        Scalar scalar = Scalar.plain(word);

        if (scalar.isCertain() && !word.startsWith("-") && !word.endsWith("-")) {
            assertThat(yaml.<Object>load("k: " + word)).hasToString("{k=" + word + "}");
        }
        if (scalar.value().isTextual()) {
            assertThat(scalar.value().asText()).isEqualTo(word);
        }
    }
}
