package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which services there are, and who calls whom.
 *
 * @param file expected nodes and edges, in the form of the ecosystem's orchestrator, read again
 *     when it changes; absent means that nothing is expected
 * @param window over which time rates, error rates and delays are measured at most
 * @param forgetAfter how long nothing may be heard of a node or an edge before it is left out
 */
public record TopologySettings(Optional<Path> file, Duration window, Duration forgetAfter) {

    static TopologySettings from(Section section) {
        return new TopologySettings(
                section.optionalText("file").map(Path::of),
                section.duration(
                        "window",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1)),
                section.duration(
                        "forget-after",
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(10),
                        Duration.ofDays(7)));
    }
}
