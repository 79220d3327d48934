package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Which expectations are in force, and for how long those that are not any more are watched. */
class WatchedExpectationsTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            """;
    private static final String OTHER = EXPECTATION.replace("name: x", "name: y");

    /** For how long a part of 10 s is watched: 2 s late, 30 s of catching up, and a minute. */
    private static final int HOLD = 102;

    private final Hearing hearing = new Hearing();

    private List<String> inForce() {
        return hearing.referee().expectations().inForce().all().stream()
                .map(Definition::name)
                .sorted()
                .toList();
    }

    private String lastEvent(String name) {
        return hearing.referee().expectations().inForce().lastEvent(name);
    }

    @Test
    void shouldKnowAllThatIsInForceAfterAStart() {
        hearing.define(EXPECTATION);
        hearing.define(OTHER);
        hearing.restart();
        assertThat(inForce()).containsExactly("x", "y");

        hearing.withdraw("x");
        assertThat(inForce()).containsExactly("y");
        hearing.restart();
        assertThat(inForce()).containsExactly("y");
    }

    @Test
    void shouldKnowAllThatWasWithdrawnAfterAStart() {
        hearing.define(EXPECTATION);
        hearing.define(OTHER);
        hearing.withdraw("x");
        hearing.withdraw("y");
        String ofX = lastEvent("x");
        String ofY = lastEvent("y");

        hearing.restart();

        assertThat(lastEvent("x")).isEqualTo(ofX).isNotEqualTo(ofY).isNotEmpty();
        assertThat(lastEvent("y")).isEqualTo(ofY).isNotEmpty();
        assertThat(inForce()).isEmpty();
    }

    @Test
    void shouldCountWhatItCannotUnderstandAfterAStart() {
        hearing.define(EXPECTATION);
        hearing.referee()
                .writer()
                .put(
                        VerdictKeys.inForce("z"),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("event_id", "of another time")
                                .put("origin", "test")
                                .put("text", "nobody: understands this"));
        hearing.referee().commit();

        hearing.restart();

        assertThat(hearing.referee().expectations().refused()).isEqualTo(1);
        assertThat(inForce()).containsExactly("x");
    }

    @Test
    void shouldWatchWhatAnEarlierVersionPutInForceWithoutJoins() {
        hearing.define(EXPECTATION);
        String version =
                hearing.referee()
                        .expectations()
                        .inForce()
                        .find("x")
                        .map(Definition::version)
                        .orElseThrow();
        hearing.referee().writer().delete(VerdictKeys.watched("x", version));
        hearing.referee().commit();
        hearing.restart();

        hearing.setClock(0);
        hearing.add("t", "t", "1");
        hearing.add("e", "e", "1");

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldWatchAVersionUntilItsLastWindowIsOver() {
        hearing.define(EXPECTATION);
        hearing.define(OTHER);
        hearing.setClock(0);
        hearing.withdraw("x");
        hearing.setClock(1);
        hearing.withdraw("y");

        hearing.setClock(HOLD);
        hearing.add("e", "of-both", "1");
        assertThat(hearing.referee().expectations().watched()).hasSize(2);
        assertThat(hearing.referee().held()).as("once for both").isEqualTo(1);
        hearing.setClock(HOLD + 1);
        hearing.add("e", "of-y", "1");
        assertThat(hearing.referee().expectations().watched()).hasSize(1);
        assertThat(hearing.referee().held()).isEqualTo(2);
        hearing.setClock(HOLD + 1.001);
        hearing.add("e", "of-none", "1");
        assertThat(hearing.referee().expectations().watched()).isEmpty();
        assertThat(hearing.referee().held()).isZero();
    }

    @Test
    void shouldKeepNothingOfAVersionThatIsOver() {
        hearing.define(EXPECTATION);
        hearing.setClock(0);
        hearing.withdraw("x");
        hearing.add("e", "ahead", 1_000, "1");
        assertThat(hearing.referee().held()).isEqualTo(1);

        hearing.setClock(HOLD + 1);
        hearing.add("other", "o", "1");
        assertThat(hearing.referee().held()).isZero();
        hearing.restart();

        assertThat(hearing.referee().expectations().longest()).isZero();
    }

    @Test
    void shouldJudgeByAReplacedVersionEvenWhenNobodyWatchesIt() {
        hearing.define(EXPECTATION);
        hearing.setClock(0);
        hearing.add("t", "t", "1");
        hearing.define(EXPECTATION.replace("10s", "20s"));
        hearing.moveTo(400);
        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);

        hearing.lose(3, 4);

        assertThat(hearing.on("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(hearing.on("t").reason())
                .startsWith("e did not come within 10 s, but the bus was away from");
    }
}
