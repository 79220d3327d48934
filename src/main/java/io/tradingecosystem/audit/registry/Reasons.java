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
        Optional<Throwable> next = Optional.of(failure);
        for (int depth = 0; depth < DEPTH && next.isPresent(); depth++) {
            Throwable current = next.get();
            String message =
                    Optional.ofNullable(current.getMessage())
                            .orElse(current.getClass().getSimpleName());
            if (messages.stream().noneMatch(said -> said.contains(message))) {
                messages.add(message);
            }
            next = Optional.ofNullable(current.getCause());
        }
        return String.join(": ", messages);
    }
}
