package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.LinkWiring;
import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkReplay;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.VerdictReplay;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.PrintStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Links and judges a stored log anew, and tells whether the outcome is the same. */
final class ReplayCommand implements Command {
    private static final int DIFFERENT = 1;
    private static final int NOT_COMPARABLE = 3;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String help() {
        return """
        links and judges the stored log anew, while the service is stopped, and compares with the
        links and verdicts that were made live; ends with 0 if they are the same, 1 if not,
        2 if the log cannot be opened, 3 if none differs, but some cannot be compared, because they
        are not kept any more or were made by semantics that this version does not have
          --config FILE         the settings the service ran with; otherwise the same app.yaml
          --data DIR            the log, if it is elsewhere than the settings say
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options = Options.parse(arguments, Set.of("--config", "--data"), Set.of());
        Settings settings = settings(options);
        try (EventStore store =
                EventStore.open(settings.store(), StoreObserver.NONE, Time.system())) {
            return replay(settings, store, out);
        } catch (StoreException | LogUnavailableException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static int replay(Settings settings, EventStore store, PrintStream out) {
        Replay.Outcome links =
                LinkReplay.compare(store.store(), LinkWiring.setup(settings).bounds());
        Replay.Outcome verdicts =
                VerdictReplay.compare(store.store(), VerdictWiring.setup(settings).tolerances());
        show(out, "links", "effects that differ", "causes gone", links);
        show(out, "verdicts", "that differ", "triggers gone", verdicts);
        if (links.different() + verdicts.different() > 0) {
            out.println("the replay differs");
            return DIFFERENT;
        }
        if (links.notComparable() + verdicts.notComparable() > 0) {
            out.println(
                    "nothing differs, but what is not comparable is not kept any more, or was made"
                            + " by semantics that this version does not have");
            return NOT_COMPARABLE;
        }
        out.println("the replay equals what happened live");
        return 0;
    }

    private static void show(
            PrintStream out, String what, String differing, String gone, Replay.Outcome outcome) {
        out.printf(
                "%s: %,d up to position %,d; %s: %,d; %s: %,d; not comparable: %,d%n",
                what,
                outcome.compared(),
                outcome.position(),
                differing,
                outcome.different(),
                gone,
                outcome.beyond(),
                outcome.notComparable());
        outcome.differences().forEach(each -> out.println(PrintableText.line("  " + each)));
        outcome.remarks().forEach(each -> out.println(PrintableText.line(each)));
    }

    /** Those that are named, with the log that is. */
    static Settings settings(Options options) {
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        options.value("--data").ifPresent(data -> properties.setProperty("store.path", data));
        return Settings.load(RunCommand.file(options), System.getenv(), properties).settings();
    }
}
