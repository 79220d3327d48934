package io.tradingecosystem.audit.bench;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.comparison.Comparisons;
import io.tradingecosystem.audit.comparison.Ranking;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often a comparison finds the service at fault: the 45 faults injected into TrainTicket that
 * come with Nezha (Yu et al., FSE 2023; github.com/IntelligentDDS/Nezha, MIT). As in Nezha's own
 * evaluation, the minute two minutes after the injection is compared with that day's fault-free
 * window. The data are no part of this repository: clone Nezha and name the folder.
 */
public final class NezhaBench {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH_mm", Locale.ROOT);

    /** The fault-free window of each day, as Nezha's main.py has it. */
    private static final Map<String, String> NORMAL =
            new TreeMap<>(Map.of("2023-01-29", "08_50", "2023-01-30", "11_39"));

    private NezhaBench() {}

    /** Takes the folder of a clone of Nezha. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException(
                    "name the folder of a clone of IntelligentDDS/Nezha");
        }
        Path nezha = Path.of(arguments[0]);
        Score all = new Score("both days");
        for (Map.Entry<String, String> day : NORMAL.entrySet()) {
            Score score = new Score(day.getKey());
            for (Fault fault : faults(nezha, day.getKey())) {
                Ranking ranking = rank(nezha, day.getKey(), day.getValue(), fault);
                int place = place(ranking, fault.service);
                System.out.printf(
                        "%s %s %s of %s: place %s; %s%n",
                        day.getKey(),
                        fault.at,
                        fault.kind,
                        fault.service,
                        place == 0 ? "none" : place,
                        ranking.reason());
                score.add(place, ranking);
                all.add(place, ranking);
            }
            score.print();
        }
        all.print();
    }

    /**
     * A fault that was injected.
     *
     * @param at when, of its day
     * @param kind what it was
     */
    private record Fault(LocalTime at, String service, String kind) {}

    private static List<Fault> faults(Path nezha, String day) throws IOException {
        Path file = nezha.resolve("rca_data/" + day + "/" + day + "-fault_list.json");
        List<Fault> faults = new ArrayList<>();
        for (JsonNode hour : Json.mapper().readTree(file.toFile())) {
            for (JsonNode fault : hour) {
                faults.add(
                        new Fault(
                                LocalTime.parse(fault.get("inject_time").asText().substring(11)),
                                NezhaWindow.service(fault.get("inject_pod").asText()),
                                fault.get("inject_type").asText()));
            }
        }
        return faults;
    }

    private static Ranking rank(Path nezha, String day, String normal, Fault fault)
            throws IOException {
        String faulty = fault.at.plusMinutes(2).format(MINUTE);
        MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
        store.append(NezhaWindow.read(nezha.resolve("construct_data/" + day), normal, "normal"));
        store.append(NezhaWindow.read(nezha.resolve("rca_data/" + day), faulty, "fault"));
        var verdicts =
                new VerdictStoreReader(
                        store.store().projections().projection(VerdictService.PROJECTION), store);
        return Comparisons.create(store, new NoLinks(), verdicts)
                .compare("fault", List.of("normal"))
                .ranking();
    }

    /** From 1; 0 if it is not ranked. */
    private static int place(Ranking ranking, String service) {
        return ranking.suspects().stream().map(Ranking.Suspect::service).toList().indexOf(service)
                + 1;
    }

    /** The spans of these data tell of their parents themselves. */
    private static final class NoLinks implements LinkIndex {
        @Override
        public List<Link> causesOf(String eventId, int limit) {
            return List.of();
        }

        @Override
        public List<Link> effectsOf(String eventId, int limit) {
            return List.of();
        }
    }

    private static final class Score {
        private final String name;
        private int faults;
        private int first;
        private int amongThree;
        private int amongFive;
        private int told;
        private int rightlyTold;

        Score(String name) {
            this.name = name;
        }

        void add(int place, Ranking ranking) {
            faults++;
            first += place == 1 ? 1 : 0;
            amongThree += place >= 1 && place <= 3 ? 1 : 0;
            amongFive += place >= 1 && place <= 5 ? 1 : 0;
            if (ranking.mostLikely().isPresent()) {
                told++;
                rightlyTold += place == 1 ? 1 : 0;
            }
        }

        void print() {
            System.out.printf(
                    "%s: first in %d, among three in %d, among five in %d of %d;"
                            + " %d told as most likely, of which %d right%n",
                    name, first, amongThree, amongFive, faults, told, rightlyTold);
        }
    }
}
