package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.correlation.analysis.DelayStatistics;
import io.tradingecosystem.audit.correlation.analysis.DelayStatistics.Compared;
import io.tradingecosystem.audit.correlation.analysis.Delays;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long something takes in a run and in its baselines.
 *
 * @param name what
 * @param times both distributions
 */
public record TimeShift(String name, Compared times) {

    /** Two sets of times side by side, the greatest change of the median first. */
    static List<TimeShift> of(Map<String, List<Long>> run, Map<String, List<Long>> baseline) {
        List<TimeShift> shifts = new ArrayList<>();
        DelayStatistics.compare(delays(run), delays(baseline))
                .forEach((name, times) -> shifts.add(new TimeShift(name, times)));
        shifts.sort(
                Comparator.comparingDouble(TimeShift::size)
                        .reversed()
                        .thenComparing(TimeShift::name));
        return shifts;
    }

    private static Map<String, Delays> delays(Map<String, List<Long>> times) {
        Map<String, Delays> delays = new TreeMap<>();
        times.forEach((name, nanos) -> delays.put(name, Delays.of(nanos)));
        return delays;
    }

    /** What only one of both has changed most. */
    private double size() {
        if (times.actual().isEmpty() || times.baseline().isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        return times.ratio()
                .filter(ratio -> ratio > 0)
                .map(ratio -> Math.abs(Math.log(ratio)))
                .orElse(0.0);
    }
}
