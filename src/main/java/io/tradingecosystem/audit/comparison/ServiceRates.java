package io.tradingecosystem.audit.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much a service told, and how much of it was an error or a warning.
 *
 * @param service its name
 * @param run in the run
 * @param baseline in all its baselines together
 */
public record ServiceRates(String service, Counts run, Counts baseline) {

    /**
     * Numbers of events.
     *
     * @param events all
     * @param errors of severity ERROR and above
     * @param warnings of severity WARNING
     */
    public record Counts(long events, long errors, long warnings) {
        static final Counts NONE = new Counts(0, 0, 0);

        static Counts of(Fact fact) {
            return new Counts(1, fact.isError() ? 1 : 0, fact.isWarning() ? 1 : 0);
        }

        Counts and(Counts more) {
            return new Counts(events + more.events, errors + more.errors, warnings + more.warnings);
        }
    }

    /** Every service, that whose errors changed most first. */
    static List<ServiceRates> of(Sample run, Sample baseline) {
        Map<String, Counts> own = counts(run);
        Map<String, Counts> other = counts(baseline);
        TreeSet<String> services = new TreeSet<>(own.keySet());
        services.addAll(other.keySet());
        List<ServiceRates> rates = new ArrayList<>();
        for (String service : services) {
            rates.add(
                    new ServiceRates(
                            service,
                            own.getOrDefault(service, Counts.NONE),
                            other.getOrDefault(service, Counts.NONE)));
        }
        rates.sort(
                Comparator.comparingDouble(ServiceRates::distance)
                        .reversed()
                        .thenComparing(ServiceRates::service));
        return rates;
    }

    private double distance() {
        return Math.abs(Rates.distance(run.errors, run.events, baseline.errors, baseline.events));
    }

    private static Map<String, Counts> counts(Sample sample) {
        Map<String, Counts> counts = new TreeMap<>();
        sample.facts().forEach(fact -> counts.merge(fact.service(), Counts.of(fact), Counts::and));
        return counts;
    }
}
