package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The names of bounds, as documents and answers have them. */
class BoundTest {
    private static final Path PAGE = Path.of("src/site/markdown/limits.md");

    @ParameterizedTest
    @EnumSource(Bound.class)
    void shouldHaveARowInThePageOfLimits(Bound bound) throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .filteredOn(line -> line.startsWith("| `" + bound.name() + "`"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Bound.class)
    void shouldSayItInASentence(Bound bound) {
        Instant since = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(Omission.some(bound).explanation()).isEqualTo(bound.explanation());
        assertThat(Omission.of(bound, 12).explanation()).isEqualTo(bound.explanation() + ": 12");
        assertThat(Omission.between(bound, since, since.plusSeconds(1)).explanation())
                .isEqualTo(
                        bound.explanation()
                                + ", from 2026-01-01T12:00:00Z to 2026-01-01T12:00:01Z");
        assertThat(Omission.ifAny(bound, 0)).isEmpty();
        assertThat(Omission.when(false, bound)).isEmpty();
    }
}
