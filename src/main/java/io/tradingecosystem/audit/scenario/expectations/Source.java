package io.tradingecosystem.audit.scenario.expectations;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.definition.EventPattern;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service that says something at least every so often, so that its silence can be told from there
 * being nothing to say. Immutable.
 *
 * @param service by its one name
 * @param every the longest that it says nothing
 * @param sequence the attribute by which it counts what it says; empty if it does not
 * @param isProbed whether it need not speak, but be alive, as its probe says
 */
public record Source(String service, Duration every, String sequence, boolean isProbed) {
    /** So long after a service died its probe has found out. */
    public static final Duration FOUND_OUT = Duration.ofSeconds(30);

    public Source {
        requireNonNull(service, "service is null");
        requireNonNull(every, "every is null");
        requireNonNull(sequence, "sequence is null");
    }

    /** One that speaks. */
    public Source(String service, Duration every, String sequence) {
        this(service, every, sequence, false);
    }

    /** One that is to be alive. */
    public static Source alive(String service) {
        return new Source(service, FOUND_OUT, "", true);
    }

    /** Whether what it says is counted. */
    public boolean isCounted() {
        return !sequence.isEmpty();
    }

    /** Whether a pattern names the service, so that its silence may hide what is waited for. */
    public boolean isOf(EventPattern pattern) {
        return Stream.concat(
                        pattern.services().stream(),
                        pattern.anyOf().stream().flatMap(each -> each.services().stream()))
                .anyMatch(glob -> glob.literal().filter(service::equals).isPresent());
    }

    /** The longest that one of some sources that a pattern names says nothing; zero for none. */
    public static Duration every(List<Source> sources, EventPattern pattern) {
        return sources.stream()
                .filter(each -> each.isOf(pattern))
                .map(Source::every)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** By what it is told from others. */
    public String key() {
        String key = String.join("\0", service, every.toString(), sequence);
        return isProbed ? key + "\0alive" : key;
    }

    /** What it says of itself, as a clause for people. */
    public String clause() {
        if (isProbed) {
            return service + ", by its probe,";
        }
        String often = "every " + Durations.format(every);
        return isCounted()
                ? service + ", which counts in " + sequence + " and speaks " + often + ","
                : service + ", which speaks " + often + ",";
    }
}
