package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads an entry of {@code speaks}. */
final class SourceReader {
    private static final Duration MAX = Duration.ofHours(1);
    private static final int MAX_NAME = 256;
    private static final int MAX_ALIVE = 50;

    private SourceReader() {}

    static Source source(DefinitionNode node) {
        String service = EventAliases.DEFAULT.service(name(node, "service", node.text("service")));
        String sequence = name(node, "sequence", node.text("sequence", ""));
        Duration every = DefinitionKind.within(node, "every", MAX);
        node.finish();
        return new Source(service, every, sequence);
    }

    /** Those that are to speak, and those that are to be alive. */
    static List<Source> sources(DefinitionNode node, List<DefinitionNode> speaks) {
        List<String> alive = node.texts("alive");
        if (alive.size() > MAX_ALIVE) {
            node.limit("alive", "has " + alive.size() + " entries", "at most " + MAX_ALIVE);
        }
        return Stream.concat(
                        speaks.stream().map(SourceReader::source),
                        alive.stream().map(name -> alive(node, name)))
                .toList();
    }

    private static Source alive(DefinitionNode node, String name) {
        return Source.alive(EventAliases.DEFAULT.service(name(node, "alive", name)));
    }

    private static String name(DefinitionNode node, String member, String name) {
        if (node.has(member) && (name.isBlank() || name.length() > MAX_NAME)) {
            node.limit(member, "has " + name.length() + " characters", "1 to " + MAX_NAME);
        }
        return name;
    }

    private static Stream<EventPattern> heard(Expectation expectation) {
        return Stream.concat(
                expectation.parts().stream().map(Part::pattern),
                expectation.run().stream().flatMap(scope -> scope.patterns(expectation.trigger())));
    }

    /** A source that no part is on would be listened to in vain. */
    static void check(DefinitionNode node, Expectation expectation) {
        Set<Source> seen = new HashSet<>();
        for (Source source : expectation.sources()) {
            if (heard(expectation).noneMatch(source::isOf)) {
                node.limit(
                        word(source),
                        "has " + source.service() + ", which no part names as its service",
                        "services of expect, never, steady and measure, without wildcards");
            }
            if (!seen.add(source)) {
                node.limit(word(source), "has " + source.service() + " twice", "each once");
            }
        }
    }

    private static String word(Source source) {
        return source.isProbed() ? "alive" : "speaks";
    }
}
