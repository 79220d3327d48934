package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Whatever a receiver answers, and whenever the process dies. */
class DeliveryProperties {
    private static final int VERDICTS = 12;

    /** What happens next: an answer by its status, or the death of the process. */
    private static final int DEATH = -1;

    @Property(tries = 200)
    void shouldTellEachVerdictAtLeastOnceInOrderButWhatIsPutAside(
            @ForAll("stories") List<Integer> story) {
        Told told = new Told();
        for (int number = 1; number <= VERDICTS; number++) {
            told.feed.failed(number);
        }
        for (int each : story) {
            if (each == DEATH) {
                told.restart();
            } else {
                told.answering(each).pass(told.step());
            }
        }
        told.restart();
        told.asUsual().run(1_000);

        List<String> aside = told.deadLetters().stream().map(DeadLetter::id).map(this::id).toList();
        List<String> first = new ArrayList<>(new LinkedHashSet<>(told.taken));
        assertThat(Stream.concat(first.stream(), aside.stream()))
                .as("each is taken or put aside, and none is both")
                .containsExactlyInAnyOrderElementsOf(all());
        assertThat(first)
                .as("in order")
                .containsExactlyElementsOf(all().stream().filter(first::contains).toList());
    }

    @Provide
    Arbitrary<List<Integer>> stories() {
        return Arbitraries.of(200, 202, 204, 301, 400, 404, 410, 413, 422, 429, 500, 503, DEATH)
                .list()
                .ofMaxSize(60);
    }

    private String id(String id) {
        return Long.parseLong(id.substring(0, 32), 16) + id.substring(32);
    }

    private static List<String> all() {
        return Stream.iterate(1, each -> each <= VERDICTS, each -> each + 1)
                .map(each -> each + "-v1-final")
                .toList();
    }
}
