package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which windows fell due while an event was on its way that may be a near miss of theirs. The
 * window of 10 s is due after 20 s; a near miss lies up to a minute before it, or 10 s behind.
 */
class RacedWindowsTest {
    private static final String EXPECTATION =
            "expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]";

    private static String raced(String scene) {
        return new FedPart(EXPECTATION).raced(SceneText.read(scene, "desk"));
    }

    @ParameterizedTest
    @CsvSource({
        "t@0s e@11s^12s now@25s, t1",
        "t@0s e@11s^20s now@25s, t1",
        "t@0s e@11s^20s+1ns now@25s, ''",
        "t@0s e@11s^12s now@20s, t1",
        "t@0s e@11s^12s now@20s-1ns, ''",
        "t@0s e@11s^20s now@20s, ''",
        "t@0s e@11s^20s-1ns now@20s, t1",
        "t@0s e@20s^20s now@25s, t1",
        "t@0s e@20s+1ns^20s now@25s, ''",
        "t@0s e@-70s^12s now@25s, t1",
        "t@0s e@-70s-1ns^12s now@25s, ''",
        "t@0s t@1s t@5s+1ns e@11s^12s now@25s, t2 t1",
        "t@0s e{2}@11s^12s now@25s, ''",
        "t@0s^5s e@11s^21s now@30s, ''",
        "t@0s^15s e@11s^21s now@30s, t1",
    })
    void shouldFindWhatFellDueSinceTheEventWasRecorded(String scene, String triggers) {
        assertThat(raced(scene)).isEqualTo(triggers);
    }

    @Test
    void shouldLookAtNoMoreThanAThousandTheLatestFirst() {
        String triggers =
                IntStream.rangeClosed(1, 1_002)
                        .mapToObj(i -> "t@0s+" + i + "ns")
                        .collect(Collectors.joining(" "));

        String[] found = raced(triggers + " e@11s^12s now@25s").split(" ");

        assertThat(found).hasSize(1_000).startsWith("t1002").endsWith("t3");
    }
}
