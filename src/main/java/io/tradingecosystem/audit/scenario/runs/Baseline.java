package io.tradingecosystem.audit.scenario.runs;

import java.time.Duration;
import java.util.Optional;

/**
 * What was measured in the run that another is compared with.
 *
 * @param run its id
 * @param measured what was measured
 * @param took how long it took
 * @param doubt why nothing can be compared with it
 * @param itself whether it is the run that is judged, of which nothing is asked then
 */
public record Baseline(
        String run, Measured measured, Duration took, Optional<String> doubt, boolean itself) {

    /** One that is over. */
    public static Baseline of(
            String run, Measured measured, Duration took, Optional<String> doubt) {
        boolean unread = measured.unreadable() > 0 || measured.more();
        Optional<String> why =
                doubt.or(
                        () ->
                                unread
                                        ? Optional.of("not all of its values are known")
                                        : Optional.empty());
        return new Baseline(
                run,
                measured,
                took,
                why.map(each -> "BASELINE: of the run " + run + ": " + each),
                false);
    }

    /** The run that is judged. */
    public static Baseline itself(String run) {
        return new Baseline(run, Measured.NONE, Duration.ZERO, Optional.empty(), true);
    }

    /** One that nothing is known of. */
    public static Baseline missing(String run, String why) {
        return new Baseline(run, Measured.NONE, Duration.ZERO, Optional.of(why), false);
    }
}
