package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is said of an expectation does not depend on others whose effects look the same. */
class SharedSidesProperties {
    private static final String[] TRIGGERS = {"t", "t", "u", "[t, u]"};
    private static final String[] WITHINS = {"5s", "10s", "11s", "60s"};
    private static final String[] COUNTS = {"", ", exactly: 1", ", at-most: 1", ", at-least: 2"};

    private final Hearing alone = new Hearing();
    private final Hearing amongOthers = new Hearing();
    private final List<String> others = new ArrayList<>();
    private double now;

    @Property(tries = 60)
    void shouldSayTheSameAloneAndAmongOthers(@ForAll long seed) {
        SharedSidesProperties fresh = new SharedSidesProperties();
        fresh.compare(new Random(seed));
    }

    /** Events of the very time from which on a join is told all, and others a moment ahead. */
    @Example
    void shouldNotSeeWhatWasRecordedBeforeTheExpectation() {
        for (long seed : new long[] {1796, 1917, 3719, 4362, 4475}) {
            shouldSayTheSameAloneAndAmongOthers(seed);
        }
    }

    private void compare(Random random) {
        for (int i = 0; i < 120; i++) {
            now += random.nextInt(12) == 0 ? random.nextInt(90) : random.nextInt(3);
            alone.setClock(now);
            amongOthers.setClock(now);
            happen(i, random);
        }
        alone.moveTo(now + 7_200);
        amongOthers.moveTo(now + 7_200);

        assertThat(said(amongOthers)).isEqualTo(said(alone));
    }

    private void happen(int i, Random random) {
        switch (random.nextInt(16)) {
            case 0 -> both(expectation("x", random));
            case 1, 2 -> define("o" + random.nextInt(6), i, random);
            case 3 -> withdraw(i, random);
            case 4 -> amongOthers.restart();
            default -> event(i, random);
        }
    }

    private void both(String yaml) {
        alone.define(yaml);
        amongOthers.define(yaml);
    }

    private void define(String name, int i, Random random) {
        amongOthers.define(expectation(name, random));
        others.add(name);
        alone.add("nothing", "n" + i, "1");
    }

    private void withdraw(int i, Random random) {
        if (!others.isEmpty()) {
            String name = others.remove(random.nextInt(others.size()));
            others.removeIf(name::equals);
            amongOthers.withdraw(name);
            alone.add("nothing", "n" + i, "1");
        }
    }

    private void event(int i, Random random) {
        String type = List.of("t", "u", "e", "e", "e").get(random.nextInt(5));
        double late = random.nextInt(5) == 0 ? random.nextInt(300) : random.nextInt(20) / 10.0;
        String key = "" + random.nextInt(3);
        alone.add(type, type + i, now - late, key);
        amongOthers.add(type, type + i, now - late, key);
    }

    private static String expectation(String name, Random random) {
        return """
        name: %s
        when: {type: %s}
        expect: [{name: e, event: {type: e}, within: %s, join: [k]%s}]
        never: [{name: n, event: {type: e}, within: 1s, join: [{cause: service, effect: k}]}]
        """
                .formatted(
                        name,
                        TRIGGERS[random.nextInt(TRIGGERS.length)],
                        WITHINS[random.nextInt(WITHINS.length)],
                        COUNTS[random.nextInt(COUNTS.length)]);
    }

    private static List<String> said(Hearing hearing) {
        return hearing
                .reader()
                .verdicts(new VerdictStoreReader.Question("", "", Optional.empty(), 1_000, ""))
                .verdicts()
                .stream()
                .filter(verdict -> verdict.expectation().equals("x"))
                .sorted(Comparator.comparing(verdict -> verdict.id()))
                .map(verdict -> VerdictJson.write(verdict).toString())
                .toList();
    }
}
