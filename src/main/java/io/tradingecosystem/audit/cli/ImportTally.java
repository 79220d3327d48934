package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;

import java.io.PrintStream;

/**
 * What became of imported events: the first that were not taken by their places, and all counted.
 */
final class ImportTally {
    private static final int MAX_NAMED = 20;

    private final String file;
    private final PrintStream err;
    private long taken;
    private long duplicates;
    private long refused;
    private boolean broken;

    ImportTally(String file, PrintStream err) {
        this.file = file;
        this.err = err;
    }

    void taken() {
        taken++;
    }

    void duplicate() {
        duplicates++;
    }

    void refused(String place, String why) {
        refused++;
        if (refused <= MAX_NAMED) {
            say(place + ": " + why);
        } else if (refused == MAX_NAMED + 1) {
            say("more were not taken, which are counted below");
        }
    }

    /** The file cannot be read on. */
    void broken(String why) {
        broken = true;
        say(why + "; nothing behind it was read");
    }

    private void say(String text) {
        err.println(PrintableText.line(file + ": " + text));
    }

    boolean isWhole() {
        return refused == 0 && !broken;
    }

    String summary() {
        return "%d events taken, %d were there already, %d not taken%s"
                .formatted(taken, duplicates, refused, broken ? ", and not read to its end" : "");
    }
}
