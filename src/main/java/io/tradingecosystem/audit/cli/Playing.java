package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.demo.Player;
import io.tradingecosystem.audit.event.AuditEvent;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * How a recording is played and shown, as the command line says it.
 *
 * @param speed so many times as fast as recorded; infinite for all at once
 * @param patience how long to wait for verdicts that are pending
 * @param colour whether the output understands colour
 */
record Playing(double speed, Duration patience, boolean colour) {
    /** The options that {@link #of} reads. */
    static final Set<String> OPTIONS = Set.of("--speed", "--wait", "--color");

    /**
     * What the options say.
     *
     * @throws UsageException if one makes no sense
     */
    static Playing of(Options options, String defaultSpeed) {
        return new Playing(
                speed(options.value("--speed").orElse(defaultSpeed)),
                Durations.parse(options.value("--wait").orElse("40s"))
                        .orElseThrow(() -> new UsageException("--wait is a duration like 40s")),
                colour(options.value("--color").orElse("auto")));
    }

    /**
     * Plays a recording into a running service and gives the exit code.
     *
     * @throws UsageException if there is nothing to play, or the service is away
     */
    int play(String title, List<AuditEvent> recording, RunningService service, PrintStream out) {
        if (recording.isEmpty()) {
            throw new UsageException(title + " has no events");
        }
        try {
            return switch (player(service, out).play(title, recording, speed, patience)) {
                case PASSED -> 0;
                case FAILED -> 1;
                case PENDING, INCONCLUSIVE -> 3;
            };
        } catch (ConnectException e) {
            throw new UsageException(nobody(service.address()));
        } catch (IOException e) {
            throw new UsageException(
                    "cannot play " + title + " into " + service.address() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private Player player(RunningService service, PrintStream out) {
        Player player = Player.of(service.address(), out, colour, InstantSource.system());
        Player trusting = service.tls().map(player::trusting).orElse(player);
        return service.token().map(trusting::withToken).orElse(trusting);
    }

    private static String nobody(URI service) {
        return "no service answers at %s%n".formatted(service)
                + "  start one in another terminal: java -jar target/audit-correlator.jar\n"
                + "  or say where one is: --service http://HOST:PORT, or --config FILE as it has\n"
                + "  or see a recorded run without one: java -jar target/audit-correlator.jar demo";
    }

    private static double speed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw new UsageException("--speed is a number over 0, or max");
    }

    private static boolean colour(String wish) {
        return switch (wish) {
            case "always" -> true;
            case "never" -> false;
            // NO_COLOR: see no-color.org.
            case "auto" -> isTerminal() && System.getenv("NO_COLOR") == null;
            default -> throw new UsageException("--color is always or never");
        };
    }

    /** Java 21 cannot tell; Linux can. Elsewhere there is {@code --color always}. */
    private static boolean isTerminal() {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
