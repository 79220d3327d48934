package io.tradingecosystem.audit.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why something failed, in one line. */
final class Reasons {
    private static final int DEPTH = 5;

    private Reasons() {}

    /** The messages of an exception and its causes, without repetition. */
    static String of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause : causes(failure)) {
            String message =
                    Optional.ofNullable(cause.getMessage())
                            .orElse(cause.getClass().getSimpleName());
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(message);
            }
        }
        return String.join(": ", messages);
    }

    /** An exception and what caused it, the outermost first. */
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Optional<Throwable> next = Optional.of(failure);
        while (next.isPresent() && causes.size() < DEPTH) {
            causes.add(next.get());
            next = Optional.ofNullable(next.get().getCause());
        }
        return causes;
    }
}
